using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OrleansGov.Shared;

/// <summary>
/// A PostgreSQL of our own: in a temporary directory, on a loopback port that nobody else uses, gone without a trace afterwards, also when
/// the process that started it is killed. Connection strings stay valid over <see cref="StopAsync"/> and <see cref="StartAsync"/>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string? Programs = Find();
    private static readonly Lazy<Task<PostgresServer>> TheShared = new(() => CreateAsync());

    // As root, PostgreSQL refuses to run: it runs as the user that its package made.
    private static readonly string[] AsOurselves = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [];

    // While we live, our end of the pipe stays open. Without the word "keep" its end means that we died: then nothing may stay behind.
    private const string Guard = """
        data=$1; shift
        trap '' INT
        "$@" </dev/null & server=$!
        read -r word || true
        [ "$word" = keep ] && { wait $server; exit; }
        kill -QUIT $server; wait $server; rm -rf "${data%/*}"
        """;

    private readonly string _directory;
    private readonly string[] _settings;
    private readonly int _port = FreePort();
    private Process? _guard;

    private PostgresServer(string directory, string[] settings) => (_directory, _settings) = (directory, settings);

    /// <summary>Why there can be none on this machine; null = there can.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsWindows() ? "PostgreSQL is not started on Windows."
        : Programs is null ? "PostgreSQL is not installed (looked for initdb on PATH and in /usr/lib/postgresql/*/bin)."
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(u => u.StartsWith("postgres:", StringComparison.Ordinal)) ? "PostgreSQL refuses to run as root, and there is no user postgres."
        : null;

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Of the postmaster; each connection has a process of its own below it.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>One server for all tests of this process; its guard ends it with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => TheShared.Value;

    /// <summary>Makes and starts a server.</summary>
    /// <param name="fsync">False when nothing is killed and speed is all: a crash of the machine may then destroy the data.</param>
    /// <param name="settings">Further settings of postgresql.conf, as <c>name=value</c>.</param>
    /// <exception cref="InvalidOperationException"><see cref="Missing"/>, or it does not start: its own words are in the message.</exception>
    public static async Task<PostgresServer> CreateAsync(int maxConnections = 100, bool fsync = true, params string[] settings)
    {
        if (Missing is not null) throw new InvalidOperationException(Missing);
        var directory = (await RunAsync("mktemp", "-d", Path.Combine(Path.GetTempPath(), "orleansgov-postgres-XXXXXXXX"))).Trim();
        var server = new PostgresServer(directory,
        [
            $"max_connections={maxConnections}", $"fsync={(fsync ? "on" : "off")}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "lc_messages=C", .. settings,
        ]);
        try
        {
            await RunAsync(Program("initdb"), "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <param name="icuLocale">Such as <c>ja</c>: the order of its texts; null = the order of their bytes.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? icuLocale = null)
    {
        var name = $"t{Guid.NewGuid():n}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
        await connection.OpenAsync();
        var order = icuLocale is null ? "" : $" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '{icuLocale}'";
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}{order}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name, pooling: true);
    }

    /// <summary>Starts it again on the same port with the same data; returns when it takes connections.</summary>
    public async Task StartAsync()
    {
        // After a kill its processes may hold the shared memory for a moment; they end as soon as they notice.
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TryStartAsync();
                return;
            }
            catch (InvalidOperationException e) when (tries < 50 && e.Message.Contains("still in use", StringComparison.Ordinal))
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Stops it and returns when it has stopped.</summary>
    /// <param name="immediate">Without a checkpoint, as after a power cut: the next start recovers. Otherwise connections are ended and everything is written first.</param>
    public async Task StopAsync(bool immediate = false)
    {
        await RunAsync(Program("pg_ctl"), "stop", "-w", "-D", Data, "-m", immediate ? "immediate" : "fast");
        await EndGuardAsync();
    }

    /// <summary>kill -9 of the postmaster; returns when it is dead.</summary>
    public async Task KillAsync()
    {
        using var postmaster = Process.GetProcessById(ProcessId);
        postmaster.Kill();
        await EndGuardAsync();
    }

    /// <summary>Stops it and removes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_guard is not null) await StopAsync(immediate: true);
        await RunAsync("rm", "-rf", _directory);
    }

    private async Task TryStartAsync()
    {
        string[] command = [.. AsOurselves, "sh", "-c", Guard, "postgres-guard", Data, Program("postgres"), "-D", Data, "-p", $"{_port}", .. _settings.SelectMany(s => new[] { "-c", s })];
        var words = new Queue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var guard = new Process { StartInfo = Start(command), EnableRaisingEvents = true };
        guard.StartInfo.RedirectStandardInput = true;
        guard.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"PostgreSQL did not start: {string.Join(" | ", words)}"));
                return;
            }

            words.Enqueue(line.Data);
            if (words.Count > 20) words.Dequeue();
            if (line.Data.Contains("database system is ready to accept connections", StringComparison.Ordinal)) ready.TrySetResult();
            if (line.Data.Contains("database system is shut down", StringComparison.Ordinal)) ready.TrySetException(new InvalidOperationException($"PostgreSQL did not start: {string.Join(" | ", words)}"));
        };
        guard.Start();
        guard.BeginErrorReadLine();
        guard.BeginOutputReadLine();
        _guard = guard;
        try
        {
            await ready.Task;
        }
        catch
        {
            await EndGuardAsync();
            throw;
        }
    }

    private async Task EndGuardAsync()
    {
        if (_guard is not { } guard) return;
        _guard = null;
        await guard.StandardInput.WriteLineAsync("keep");
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    private string ConnectionString(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "postgres", Database = database, Pooling = pooling, IncludeErrorDetail = true }.ToString();

    private static async Task<string> RunAsync(params string[] command)
    {
        using var process = new Process { StartInfo = Start([.. AsOurselves, .. command]) };
        process.Start();
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{Path.GetFileName(command[0])} failed: {await complained}");
    }

    // from the root directory: where we stand may be closed to the other user
    private static ProcessStartInfo Start(string[] command) =>
        new(command[0], command[1..]) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

    private static string Program(string name) => Path.Combine(Programs!, name);

    // Debian keeps them off PATH, a folder for each version.
    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = new DirectoryInfo("/usr/lib/postgresql");
        var versions = debian.Exists ? debian.GetDirectories().OrderByDescending(d => int.TryParse(d.Name, out var number) ? number : 0).Select(d => Path.Combine(d.FullName, "bin")) : [];
        return versions.Concat(folders).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "pg_ctl")) && File.Exists(Path.Combine(f, "postgres")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
