using System.ComponentModel;
using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrleansGov.Api.Documents;

/// <summary>Puts our words and limits on schemas: a value without a limit is a promise to read anything.</summary>
internal sealed class SchemaWords : ISchemaFilter
{
    private const int LongestOther = 2000;

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema made) return;
        var words = (context.MemberInfo ?? (ICustomAttributeProvider?)context.ParameterInfo ?? context.Type).GetCustomAttributes(typeof(DescriptionAttribute), inherit: false);
        if (words.Length > 0) made.Description = ((DescriptionAttribute)words[0]).Description;
        Limit(made);
        if (made.Type is { } type && type.HasFlag(JsonSchemaType.Object) && made.AdditionalProperties is OpenApiSchema values) Limit(values);
    }

    private static void Limit(OpenApiSchema schema)
    {
        if (schema.Type is not { } type) return;
        if (type.HasFlag(JsonSchemaType.String) && schema is { MaxLength: null, Enum: null or { Count: 0 } }) schema.MaxLength = schema.Format is "date-time" or "date" ? 40 : LongestOther;
        if (type.HasFlag(JsonSchemaType.Integer))
        {
            schema.Minimum ??= "0";
            schema.Maximum ??= int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.HasFlag(JsonSchemaType.Array)) schema.MaxItems ??= 100;
    }
}
