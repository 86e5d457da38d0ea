using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OrleansGov.Api.Telemetry;

/// <summary>
/// One event, one line (an exception below it), with the trace it belongs to: the id that a refusal shows its caller. Without scopes: the framework's
/// hold the path, and a form's path is a key.
/// </summary>
public sealed class OfficeConsole() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "office";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(DateTimeOffset.Now.ToString("yyyy-MM-dd HH:mm:ss.fffzzz ", CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel switch { LogLevel.Trace => "trce ", LogLevel.Debug => "dbug ", LogLevel.Information => "info ", LogLevel.Warning => "warn ", LogLevel.Error => "fail ", _ => "crit " });
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.Write(message);
        if (Activity.Current is { } activity)
        {
            textWriter.Write(" trace=");
            textWriter.Write(activity.TraceId.ToHexString());
        }

        textWriter.WriteLine();
        if (logEntry.Exception is { } exception) textWriter.WriteLine(exception);
    }
}
