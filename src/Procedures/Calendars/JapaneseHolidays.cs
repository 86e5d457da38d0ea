namespace OrleansGov.Procedures;

/// <summary>国民の祝日.</summary>
public static class JapaneseHolidays
{
    public static bool IsHoliday(DateOnly day) => Name(day) is not null;

    public static string? Name(DateOnly day) => throw new NotImplementedException();
}
