using System.CommandLine;

namespace OrleansGov.Load.Commands;

/// <summary>Where the report goes, and what fails the command.</summary>
internal sealed class ReportOptions
{
    private readonly Option<FileInfo?> _json = new("--json") { HelpName = "FILE", Description = "Write the report here, as JSON." };
    private readonly Option<FileInfo?> _html = new("--html") { HelpName = "FILE", Description = "Write the report here, as one page with pictures." };
    private readonly Option<bool> _noLimits = new("--no-limits") { Description = "Show the scenario's limits without judging them: for a machine that is busy with other things. What must always hold is judged all the same." };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_html);
        command.Options.Add(_noLimits);
    }

    public bool JudgeLimits(ParseResult arguments) => !arguments.GetValue(_noLimits);

    public FileInfo? Json(ParseResult arguments) => arguments.GetValue(_json);

    public FileInfo? Html(ParseResult arguments) => arguments.GetValue(_html);
}
