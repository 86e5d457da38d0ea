using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Lists;

/// <summary>What a caller asks by query parameters. Its attributes are the rules, in the document and here.</summary>
public abstract record Asked
{
    /// <summary>Refuses what breaks the rules, naming every parameter that does.</summary>
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var errors = context.Arguments.OfType<Asked>().SelectMany(asked => asked.Errors()).ToList();
        return errors.Count == 0 ? await next(context) : Problem.Validation.Answer(errors);
    }

    /// <summary>Rules that concern several parameters.</summary>
    protected virtual IEnumerable<FieldError> Contradictions() => [];

    internal IEnumerable<FieldError> Errors() => GetType().GetProperties()
        .SelectMany(property => property.GetCustomAttributes<ValidationAttribute>()
            .Where(rule => !rule.IsValid(property.GetValue(this)))
            .Select(rule => new FieldError("/" + JsonNamingPolicy.CamelCase.ConvertName(property.Name), Say(rule))))
        .Concat(Contradictions());

    private static string Say(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "指定してください。",
        RangeAttribute range => $"{range.Minimum}から{range.Maximum}までの値を指定してください。",
        MaxLengthAttribute length => $"{length.Length}文字以内で指定してください。",
        RegularExpressionAttribute pattern => $"{pattern.Pattern} の形で指定してください。",
        AllowedValuesAttribute allowed => $"{string.Join("、", allowed.Values.Where(v => v is not null))} のどれかを指定してください。",
        _ => "値が正しくありません。",
    };
}
