using OrleansGov.Silo.Drill;

return args switch
{
    ["write", var directory, var writers] => await Writing.RunAsync(directory, int.Parse(writers, System.Globalization.CultureInfo.InvariantCulture)),
    ["open", var directory] => await Opening.RunAsync(directory),
    ["measure", ..] => await Measuring.RunAsync(args.ElementAtOrDefault(1)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Silo.Drill write DIRECTORY WRITERS   writes grain states until killed; prints "key version" after each acknowledgement
        Silo.Drill open DIRECTORY            opens the store, prints "open" or why not, closes it at the end of standard input
        Silo.Drill measure [DIRECTORY]       writes per second, CPU and allocation per write
        """);
    return 2;
}
