using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrleansGov.Api.Documents;

/// <summary>Puts our words and limits on schemas: a value without a limit is a promise to read anything.</summary>
internal sealed class SchemaWords : ISchemaFilter
{
    private const int LongestOther = 2000;

    private static readonly NullabilityInfoContext Nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema made) return;
        var words = (context.MemberInfo ?? (ICustomAttributeProvider?)context.ParameterInfo ?? context.Type).GetCustomAttributes(typeof(DescriptionAttribute), inherit: false);
        if (words.Length > 0) made.Description = ((DescriptionAttribute)words[0]).Description;
        Limit(made);
        AllowNull(made, context.Type);
        if (made.Type is { } type && type.HasFlag(JsonSchemaType.Object) && made.AdditionalProperties is OpenApiSchema values) Limit(values);
    }

    // A reference cannot say that it may be null: the generator leaves that out.
    private static void AllowNull(OpenApiSchema schema, Type type)
    {
        foreach (var property in type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (schema.Properties is null || !schema.Properties.TryGetValue(name, out var known) || known is not OpenApiSchemaReference || Nullability.Create(property).ReadState != NullabilityState.Nullable) continue;
            schema.Properties[name] = new OpenApiSchema
            {
                OneOf = [known, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description,
            };
        }
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
