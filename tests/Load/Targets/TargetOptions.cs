using System.CommandLine;

namespace OrleansGov.Load.Targets;

/// <summary>Which office is loaded, and what of it can be seen.</summary>
public sealed record Target
{
    /// <summary>An office of our own is started: on the embedded store, or on PostgreSQL.</summary>
    public bool Start { get; init; }
    public bool Cluster { get; init; }
    public int Nodes { get; init; } = 1;
    public string? OfficeCores { get; init; }
    public string? DatabaseCores { get; init; }
    public string? OwnCores { get; init; }

    /// <summary>Doors of an office that runs already.</summary>
    public IReadOnlyList<Uri> Offices { get; init; } = [];
    public IReadOnlyList<int> Pids { get; init; } = [];
    public int? DatabasePid { get; init; }
    public IReadOnlyList<Uri> Metrics { get; init; } = [];
    public string? Data { get; init; }
    public string? Database { get; init; }
    public (int Api, int Data) LinePorts { get; init; }
    public string? Program { get; init; }
}

/// <summary>The options of every command that loads an office.</summary>
internal sealed class TargetOptions
{
    /// <summary>Whether the office is started here.</summary>
    public Option<bool> Start { get; } = new("--start") { Description = "Start an office of its own, built beside this tool, on a temporary directory." };
    private readonly Option<bool> _cluster = new("--cluster") { Description = "With --start: on a private PostgreSQL instead of the embedded store." };
    private readonly Option<int> _nodes = new("--nodes") { HelpName = "N", Description = "With --start --cluster: so many nodes; webhooks go to them in turn.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _officeCores = new("--office-cores") { HelpName = "CORES", Description = "With --start: processors of the office, as taskset spells them (0 or 0,2-3). Several nodes: one list each, separated by '/'." };
    private readonly Option<string?> _databaseCores = new("--database-cores") { HelpName = "CORES", Description = "With --start --cluster: processors of the database." };
    private readonly Option<string?> _ownCores = new("--own-cores") { HelpName = "CORES", Description = "Processors of this tool and its LINE." };
    private readonly Option<Uri[]> _offices = new("--office")
    {
        HelpName = "ADDRESS",
        Description = "An office that runs already. Several: doors of one office, called in turn. This tool prints the settings to start it with, because its LINE is this tool's own.",
        CustomParser = Addresses, DefaultValueFactory = _ => [], Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<Uri[]> _operated = new("--yes-i-operate")
    {
        HelpName = "ADDRESS",
        Description = "An --office that is not on this machine, named once more, exactly. LINE's own hosts are refused in any case.", CustomParser = Addresses, DefaultValueFactory = _ => [], Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<int[]> _pids = new("--pid") { HelpName = "PID", Description = "Process id of that office (of each node): for CPU and memory.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> _databasePid = new("--database-pid") { HelpName = "PID", Description = "Process id of PostgreSQL's postmaster: for its CPU and memory, children included." };
    private readonly Option<Uri[]> _metrics = new("--metrics") { HelpName = "ADDRESS", Description = "Where that office serves its figures (Telemetry__MetricsUrl; of each node): for its managed heap.", CustomParser = Addresses, DefaultValueFactory = _ => [], Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _data = new("--data") { HelpName = "DIRECTORY", Description = "Data directory of that office: its books are compared with what residents saw." };
    private readonly Option<string?> _database = new("--database") { HelpName = "CONNECTION", Description = "Connection string of that office's PostgreSQL: the same." };
    private readonly Option<string?> _linePorts = new("--line-ports") { HelpName = "API,DATA", Description = "Ports of the local LINE, such as 9091,9092 (api, api-data): for an office that shall be started beforehand, or reaches this machine through a tunnel. Default: free ones." };
    private readonly Option<string?> _program = new("--program") { HelpName = "FILE", Description = "With --start: another OrleansGov.Api.dll than the one built beside this tool." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Start, _cluster, _nodes, _officeCores, _databaseCores, _ownCores, _offices, _operated, _pids, _databasePid, _metrics, _data, _database, _linePorts, _program]) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var offices = result.GetValue(_offices)!;
            if (result.GetValue(Start) == offices.Length > 0) result.AddError("Which office? Either --start, or --office ADDRESS of one that runs.");
            foreach (var refusal in offices.Select(o => Guard.Refuses(o, result.GetValue(_operated)!)).OfType<string>()) result.AddError(refusal);
            if (result.GetValue(_cluster) && !result.GetValue(Start)) result.AddError("--cluster says what to start: it needs --start.");
        });
    }

    public Target Of(ParseResult arguments) => new()
    {
        Start = arguments.GetValue(Start),
        Cluster = arguments.GetValue(_cluster),
        Nodes = arguments.GetValue(_nodes),
        OfficeCores = arguments.GetValue(_officeCores),
        DatabaseCores = arguments.GetValue(_databaseCores),
        OwnCores = arguments.GetValue(_ownCores),
        Offices = arguments.GetValue(_offices)!,
        Pids = arguments.GetValue(_pids)!,
        DatabasePid = arguments.GetValue(_databasePid),
        Metrics = arguments.GetValue(_metrics)!,
        Data = arguments.GetValue(_data),
        Database = arguments.GetValue(_database),
        LinePorts = arguments.GetValue(_linePorts)?.Split(',') is [var api, var data] ? (int.Parse(api, System.Globalization.CultureInfo.InvariantCulture), int.Parse(data, System.Globalization.CultureInfo.InvariantCulture)) : (0, 0),
        Program = arguments.GetValue(_program),
    };

    private static Uri[] Addresses(System.CommandLine.Parsing.ArgumentResult result)
    {
        var addresses = new List<Uri>();
        foreach (var token in result.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out var address)) addresses.Add(address);
            else result.AddError($"'{token.Value}' is no address → http://127.0.0.1:8080");
        }

        return [.. addresses];
    }
}
