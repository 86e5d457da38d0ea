using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>予約: a week of bookings, day by day.</summary>
[Right(Scopes.ReadBookings)]
public sealed class BookingsModel : ConsolePage
{
    private const int Most = 500;

    [BindProperty(SupportsGet = true, Name = "week")]
    public string? Week { get; set; }

    [BindProperty(SupportsGet = true, Name = "cancelled")]
    public bool WithCancelled { get; set; }

    /// <summary>The week's Monday.</summary>
    public DateOnly First { get; private set; }

    public ILookup<DateOnly, BookingRow> Days { get; private set; } = Array.Empty<BookingRow>().ToLookup(b => b.Day);
    public bool HasMore { get; private set; }
    public DateOnly Today => Town.Today(Now);
    public string Earlier => Here(("week", First.AddDays(-7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    public string Later => Here(("week", First.AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    public async Task OnGetAsync()
    {
        var day = DateOnly.TryParseExact(Week, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wanted) && wanted.Year is > 1970 and < 9000 ? wanted : Today;
        First = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        await using var read = Records.Read();
        var page = await read.ListBookingsAsync(new(Me.Town, First, First.AddDays(6), null, Me.DepartmentsFor(Scopes.ReadBookings), WithCancelled), null, Most, Cancel);
        (Days, HasMore) = (page.Items.ToLookup(b => b.Day), page.HasMore);
    }
}
