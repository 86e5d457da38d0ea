using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Drill;

/// <summary>A second process at the same data.</summary>
internal static class Opening
{
    public static async Task<int> RunAsync(string directory)
    {
        try
        {
            await using var store = EmbeddedStore.Open(directory);
            Console.WriteLine("open");
            await Console.In.ReadToEndAsync();
            return 0;
        }
        catch (StoreUnavailableException e)
        {
            Console.WriteLine($"{e.Problem}: {e.Message}");
            return 1;
        }
    }
}
