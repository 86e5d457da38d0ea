using Orleans.Runtime;

namespace OrleansGov.Grains;

internal static class DurableWrites
{
    /// <summary>
    /// Assigns and writes the next state. When the write fails, memory holds something the disk does not: the activation goes, and the next
    /// one reads what is really stored. The failure reaches the caller, who must not tell anybody that it happened.
    /// </summary>
    public static async Task Write<T>(this IPersistentState<T> state, T next, IGrainBase grain)
    {
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
