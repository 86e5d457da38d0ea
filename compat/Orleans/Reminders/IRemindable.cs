namespace Orleans
{
    using Orleans.Runtime;

    /// <summary>A grain that can be reminded.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A reminder is due; may come late, may come twice.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A registered reminder.</summary>
    public interface IGrainReminder
    {
        /// <summary>Unique per grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>When a reminder is due.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>The first time, UTC.</summary>
        [Id(0)]
        public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>The time between ticks.</summary>
        [Id(1)]
        public TimeSpan Period { get; } = period;

        /// <summary>This tick, UTC.</summary>
        [Id(2)]
        public DateTime CurrentTickTime { get; } = timeStamp;

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
    }

    /// <summary>A reminder could not be changed.</summary>
    [GenerateSerializer]
    public sealed class ReminderException : OrleansException
    {
        /// <summary>With words.</summary>
        public ReminderException(string message) : base(message)
        {
        }
    }
}

namespace Orleans.Timers
{
    using Orleans.Runtime;

    /// <summary>Where grains register reminders.</summary>
    public interface IReminderRegistry
    {
        /// <summary>Registers or replaces.</summary>
        Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

        /// <summary>Removes.</summary>
        Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

        /// <summary>Finds one; null when there is none.</summary>
        Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

        /// <summary>Finds all of a grain.</summary>
        Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
    }
}

namespace Orleans.Reminders
{
    /// <summary>Key of the <see cref="TimeProvider"/> of reminders.</summary>
    public static class ReminderTimeProviderNames
    {
        /// <summary>Without a keyed service, the plain one is used.</summary>
        public const string Reminders = "Orleans.Reminders";
    }
}
