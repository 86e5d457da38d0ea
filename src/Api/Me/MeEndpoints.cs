using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;

namespace OrleansGov.Api.Me;

/// <summary>Who am I, and what may I do where.</summary>
public static class MeEndpoints
{
    public static IEndpointRouteBuilder MapMe(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", (ClaimsPrincipal user) => new Tagged<MeView>(MeView.Of(Staff.Of(user)))).WithTags("me").RequireAuthorization().WithName("getMe")
            .WithSummary("自分を取得する").WithDescription("呼び出した人またはキーと、部署ごとの権限を返します。")
            .Answers(MeView.Example, Answered.Tagged);
        return api;
    }
}

[Description("呼び出した人またはキーです。")]
public sealed record MeView(
    [property: Description("識別子です。キーは key:名前 です。"), MaxLength(100)] string Id,
    [property: Description("名前です。"), MaxLength(100)] string Name,
    [property: Description("自治体の識別子です。"), MaxLength(60)] string Town,
    [property: Description("キーなら true です。")] bool IsMachine,
    [property: Description("部署ごとの権限です。"), MaxLength(100)] IReadOnlyList<GrantView> Grants)
{
    public static MeView Of(Staff staff) => new(staff.Id, staff.Name, staff.Town, staff.IsMachine, [.. staff.Grants.Select(g => new GrantView(g.Department, [.. g.Rights.Order(StringComparer.Ordinal)]))]);

    internal static readonly MeView Example = new("s-7f3k", "港 花子", "minatodai", false, [new("general", ["conversation.reply", "conversation.take", "conversations:read"])]);
}

[Description("1つの部署での権限です。")]
public sealed record GrantView(
    [property: Description("部署です。自治体全体なら null です。"), MaxLength(60)] string? Department,
    [property: Description("権限です。"), MaxLength(60)] IReadOnlyList<string> Rights);
