using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Bookings;

/// <summary>Bookings by day: what the crew of a district drives to.</summary>
public static class BookingEndpoints
{
    public static IEndpointRouteBuilder MapBookings(this IEndpointRouteBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("bookings").RequireScope(Scopes.ReadBookings);
        bookings.MapGet("", List).WithName("listBookings")
            .WithSummary("予約の一覧を取得する").WithDescription("日、枠、受付番号の順に並びます。取り消された予約は、指定したときだけ含みます。")
            .Answers(new ListView<BookingView>([BookingView.Example], null), Answered.AsList).Refuses(Problem.Validation);
        return api;
    }

    private static async Task<IResult> List([AsParameters] BookingQuery query, ClaimsPrincipal user, RecordsStore records, Cursors cursors, HttpContext http, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        BookingPosition? after = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Name, query.Filter, cursor)?.Split('|', 3) is not [var day, var resource, var number]) return Problem.Validation.Answer([FieldError.BadCursor]);
            after = new(DateOnly.Parse(day, CultureInfo.InvariantCulture), resource, number);
        }

        var from = query.From ?? Town.Today(clock.GetUtcNow());
        await using var read = records.Read();
        var page = await read.ListBookingsAsync(
            new(staff.Town, from, query.To ?? (from < DateOnly.MaxValue.AddDays(-30) ? from.AddDays(30) : DateOnly.MaxValue), query.Resource, staff.Among(query.Department), query.WithCancelled ?? false), after, query.Limit ?? 50, http.RequestAborted);
        var next = page.HasMore ? cursors.Seal(staff.Name, query.Filter, FormattableString.Invariant($"{page.Items[^1].Day:O}|{page.Items[^1].Resource}|{page.Items[^1].Number}")) : null;
        return new Tagged<ListView<BookingView>>(new([.. page.Items.Select(BookingView.Of)], next), NextLink: NextLink.Of(http, next));
    }
}

/// <summary>A place that is taken.</summary>
[Description("予約です。案件を、予約した日から見たものです。")]
public sealed record BookingView(
    [property: Description("予約した日です。")] DateOnly Day,
    [property: Description("予約した枠です。"), MaxLength(120)] string Resource,
    [property: Description("受付番号です。"), MaxLength(40)] string Number,
    [property: Description("手続きの識別子です。"), MaxLength(60)] string ProcedureId,
    [property: Description("手続きの名前です。"), MaxLength(200)] string Title,
    [property: Description("担当部署の識別子です。"), MaxLength(60)] string Department,
    [property: Description("案件の状態です。"), MaxLength(40)] string Status,
    [property: Description("手数料（円）です。なければ null です。"), Range(0, 100_000_000)] int? Fee,
    [property: Description("個人情報を除いた内容の要約です。"), MaxLength(4000)] string Summary,
    [property: Description("最後に変わった日時です。")] DateTimeOffset ChangedAt,
    [property: Description("この予約の ETag です。"), MaxLength(40)] string Etag)
{
    public static BookingView Of(BookingRow row) =>
        new(row.Day, row.Resource, row.Number, row.ProcedureId, row.Title, row.Department, row.Status, row.Fee, row.Summary, TownTime.Of(row.ChangedAt), Lists.Etag.OfRow(row));

    internal static readonly BookingView Example = new(new(2026, 11, 10), "bulky-waste/north", "S-20261102-0007", "bulky-waste", "粗大ごみの申込み", "environment",
        "accepted", 1200, "ソファ（2人掛け）×1、机 ×2", new(2026, 11, 2, 12, 0, 0, Town.Offset), "\"0c9be2f1a44d7e52\"");
}

/// <summary>Which bookings.</summary>
public sealed record BookingQuery : Asked
{
    [FromQuery(Name = "from"), Description("最初の日です。既定は今日です。")]
    public DateOnly? From { get; init; }

    [FromQuery(Name = "to"), Description("最後の日です（その日を含みます）。既定は 30 日後です。")]
    public DateOnly? To { get; init; }

    [FromQuery(Name = "resource"), Description("枠で絞り込みます。"), MaxLength(120)]
    public string? Resource { get; init; }

    [FromQuery(Name = "department"), Description("担当部署で絞り込みます。"), MaxLength(60)]
    public string? Department { get; init; }

    [FromQuery(Name = "withCancelled"), Description("true なら、取り消された予約も返します。"), DefaultValue(false)]
    public bool? WithCancelled { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。同じ条件で指定してください。"), MaxLength(1000)]
    public string? Cursor { get; init; }

    internal string Filter => $"bookings {From:O}|{To:O}|{Resource}|{Department}|{WithCancelled}";

    protected override IEnumerable<FieldError> Contradictions() => From > To ? [new("/to", "from 以降の日を指定してください。")] : [];
}
