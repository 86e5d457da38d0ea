namespace Stateless;

/// <summary>What happens to a trigger fired while another is being handled.</summary>
public enum FiringMode
{
    /// <summary>It is handled at once, inside the other.</summary>
    Immediate,

    /// <summary>It waits until the other has been handled to its end.</summary>
    Queued,
}
