using OrleansGov.Shared;

namespace OrleansGov.Drills;

/// <summary>The disk with the data is full for some time. What cannot be stored is refused at the door, and LINE brings it again.</summary>
internal static class DiskDrill
{
    public static string? Missing(DrillSize size)
    {
        var directory = Directory.CreateTempSubdirectory("orleansgov-disk-");
        try
        {
            using var disk = SmallDisk.Mount(directory.FullName);
            return disk.Refused is null ? null : $"no small disk can be mounted here: {disk.Refused}";
        }
        finally
        {
            directory.Delete();
        }
    }

    public static Preparation Prepare(DrillSize size)
    {
        var preparation = new Preparation();
        preparation.Town = town =>
        {
            var disk = SmallDisk.Mount(town.Data, megabytes: 256);
            preparation.Undo = disk.Dispose;
            preparation.Disk = disk;
        };
        return preparation;
    }

    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        var disk = drill.Preparation.Disk!;
        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
        var trouble = drill.Begin("disk full");
        disk.Fill();
        await Task.Delay(drill.Size.Fault, cancel);
        disk.Free();
        trouble.End();
        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
    }
}
