using System.Globalization;
using OrleansGov.Records.Drill;

return args switch
{
    ["measure", "sqlite" or "postgres", ..] => await Measuring.RunAsync(args[1] == "postgres", [.. args[2..].Select(n => int.Parse(n, CultureInfo.InvariantCulture))]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Records.Drill measure sqlite|postgres [AT-ONCE…]   processor time of the facts of a turn: ours and the database's; fsync is on
        """);
    return 2;
}
