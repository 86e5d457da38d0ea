using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansGov.Api.Lists;

/// <summary>A part of a list.</summary>
/// <param name="NextCursor">For the next part; null at the end.</param>
[Description("一覧の一部です。")]
public sealed record ListView<T>(
    [property: Description("項目です。"), MaxLength(100)] IReadOnlyList<T> Items,
    [property: Description("続きを取得するための cursor です。続きがなければ null です。"), MaxLength(1000)] string? NextCursor);
