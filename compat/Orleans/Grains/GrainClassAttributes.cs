using System.Globalization;

namespace Orleans
{
    /// <summary>How long an activation of the class may idle before it is collected.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        /// <summary>Shorter limits are raised to this.</summary>
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        private TimeSpan? value;

        /// <summary>The limit is given by the properties.</summary>
        public CollectionAgeLimitAttribute()
        {
        }

        /// <summary>The limit as a <see cref="TimeSpan"/> text.</summary>
        public CollectionAgeLimitAttribute(string inactivityPeriod) => value = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

        /// <summary>Days, added to the other properties.</summary>
        public double Days { get; set; }

        /// <summary>Hours, added to the other properties.</summary>
        public double Hours { get; set; }

        /// <summary>Minutes, added to the other properties.</summary>
        public double Minutes { get; set; }

        /// <summary>Never collected.</summary>
        public bool AlwaysActive { get; set; }

        /// <summary>The resulting limit.</summary>
        public TimeSpan AgeLimit => value ??= AlwaysActive ? TimeSpan.FromDays(short.MaxValue) : Sum();

        private TimeSpan Sum()
        {
            var sum = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }

    /// <summary>Activations of the class are never collected for idling.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class KeepAliveAttribute : Attribute;

    /// <summary>The name of a grain class in <see cref="Runtime.GrainId"/>s; default: the class name without "Grain", lower case.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal string Name { get; } = grainType;
    }
}

namespace Orleans.Metadata
{
    /// <summary>Which grain class an interface means when several implement it.</summary>
    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class DefaultGrainTypeAttribute(string grainType) : Attribute
    {
        internal string Name { get; } = grainType;
    }
}
