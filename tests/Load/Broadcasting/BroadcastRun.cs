using System.Diagnostics;
using OrleansGov.Load.Measuring;
using OrleansGov.Residents;
using OrleansGov.Residents.Broadcasts;

namespace OrleansGov.Load.Broadcasting;

/// <summary>A broadcast to very many from an office that is started for it, killed on the way if wanted; and what it cost.</summary>
internal sealed class BroadcastRun
{
    private readonly List<double> _memory = [];
    private double _cpu; // of processes that are gone, and of none before it served

    /// <param name="kills">kill -9 so many times, spread over the pages.</param>
    public async Task<BroadcastReport> Run(int recipients, int kills, TimeSpan lineTakes, int losesEvery, string? cores, CancellationToken cancel)
    {
        using var town = new SmallTown(placesPerDay: null);
        await using var line = await CountingLine.OpenAsync(recipients);
        (line.Takes, line.LosesEvery) = (lineTakes, losesEvery);
        await using var office = new OfficeProcess(OfficeProcess.BuiltBesideThis(), town.Data, line.Settings.Concat(BroadcastDesk.Settings).Append(new("Packs__Directory", town.Packs)).ToDictionary()) { Cores = cores };
        Say($"writing {recipients:N0} residents …");
        await office.Start();
        await office.Stop();
        Population.Write(town.Data, CountingLine.Channel, CountingLine.Channel, recipients);
        await office.Start();

        var gauge = new ProcessGauge(office.Id);
        var (since, before, clock) = (gauge.CpuSeconds ?? 0, gauge.Megabytes ?? 0, Stopwatch.StartNew());
        using var desk = new BroadcastDesk(office.Url);
        var id = await desk.Start(CountingLine.Channel, "大雨のため、避難所を開設しました。", cancel);
        var (killed, frozen) = (0, (double?)null);
        BroadcastLook look;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!(look = await desk.Look(id, cancel)).IsOver)
        {
            _memory.Add(gauge.Megabytes ?? 0);
            if (look.Stage == "sending") frozen ??= clock.Elapsed.TotalSeconds;
            if (killed < kills && line.Accepted >= (killed + 1) * (recipients / 500) / (kills + 1))
            {
                Say($"kill -9 after {line.Accepted:N0} pages; {look}");
                _cpu += (gauge.CpuSeconds ?? 0) - since;
                await office.Kill();
                await office.Start();
                (gauge, killed) = (new ProcessGauge(office.Id), killed + 1);
                since = gauge.CpuSeconds ?? 0;
            }

            await again.WaitForNextTickAsync(cancel);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(5), cancel); // the sheets are torn up after the end, and what that costs belongs to it
        _cpu += (gauge.CpuSeconds ?? 0) - since;
        return new(recipients, killed, look, line.Received(), line.Calls, line.Repeats, seconds, frozen ?? 0, _cpu, before, _memory.DefaultIfEmpty(0).Max(), gauge.Megabytes ?? 0);
    }

    private static void Say(string what) => Console.WriteLine(what);
}
