using System.Text;
using Stateless.Reflection;

namespace Stateless.Graph;

/// <summary>Which way a drawing grows.</summary>
public enum MermaidGraphDirection
{
    /// <summary>LR.</summary>
    LeftToRight,

    /// <summary>RL.</summary>
    RightToLeft,

    /// <summary>TB.</summary>
    TopToBottom,

    /// <summary>BT.</summary>
    BottomToTop,
}

/// <summary>Draws a machine as a Mermaid state diagram.</summary>
public static class MermaidGraph
{
    /// <summary>The diagram's text, lines separated by <see cref="Environment.NewLine"/>, without a last line end.</summary>
    public static string Format(StateMachineInfo machineInfo, MermaidGraphDirection? direction = null)
    {
        var (names, clusters) = Order(machineInfo);
        var aliases = Aliases(names);
        string Name(string state) => aliases.GetValueOrDefault(state, state);

        var text = new StringBuilder("stateDiagram-v2");
        void Line(string line) => text.Append(Environment.NewLine).Append(line);
        if (direction is { } way)
            Line($"\tdirection {Code(way)}");
        foreach (var state in names.Where(state => aliases[state] != state))
            Line($"\t{aliases[state]} : {state}");
        foreach (var cluster in clusters)
        {
            Line($"\tstate {Name(cluster.ToString())} {{");
            foreach (var substate in cluster.Substates)
                Line($"\t\t{Name(substate.ToString())}");
            Line("\t}");
        }

        foreach (var (source, destination, label) in machineInfo.States.SelectMany(Arrows))
            Line($"\t{Name(source)} --> {Name(destination)} : {label}");
        Line($"[*] --> {Name(machineInfo.InitialState.ToString())}");
        return text.ToString();
    }

    // Trees of superstates first (each state before what is below it), then the rest, in order of configuration.
    private static (List<string> Names, List<StateInfo> Clusters) Order(StateMachineInfo machine)
    {
        var (names, clusters, seen) = (new List<string>(), new List<StateInfo>(), new HashSet<string>());
        void Add(StateInfo state)
        {
            if (!seen.Add(state.ToString()))
                return;
            names.Add(state.ToString());
            if (!state.Substates.Any())
                return;
            clusters.Add(state);
            foreach (var substate in state.Substates)
                Add(substate);
        }

        foreach (var root in machine.States.Where(state => state.Superstate is null && state.Substates.Any()))
            Add(root);
        foreach (var state in machine.States.Where(state => seen.Add(state.ToString())))
            names.Add(state.ToString());
        return (names, clusters);
    }

    // Mermaid's ids know neither spaces nor ':' nor '-'.
    private static Dictionary<string, string> Aliases(List<string> names)
    {
        var (aliases, taken) = (new Dictionary<string, string>(), new HashSet<string>(names));
        foreach (var name in names)
        {
            var plain = string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not (':' or '-')));
            var alias = plain;
            if (plain != name)
            {
                for (var n = 1; !taken.Add(alias); n++)
                    alias = $"{plain}_{n}";
            }

            aliases[name] = alias;
        }

        return aliases;
    }

    private static IEnumerable<(string Source, string Destination, string Label)> Arrows(StateInfo state)
    {
        foreach (var arrow in state.FixedTransitions)
        {
            var actions = Enumerable.Empty<ActionInfo>();
            if (!arrow.IsInternalTransition)
            {
                // Entry actions are named where they tell something: on a reentry, and when they belong to this trigger alone.
                var entries = arrow.DestinationState.EntryActions;
                if (arrow.DestinationState == state)
                    actions = entries.Where(entry => entry.FromTrigger is null);
                actions = actions.Concat(entries.Where(entry => entry.FromTrigger == arrow.Trigger.ToString()));
            }

            yield return (state.ToString(), arrow.DestinationState.ToString(), Label(arrow, actions));
        }

        foreach (var ignored in state.IgnoredTriggers)
            yield return (state.ToString(), state.ToString(), Label(ignored, []));
    }

    private static string Label(TransitionInfo arrow, IEnumerable<ActionInfo> actions)
    {
        var label = new StringBuilder(arrow.Trigger.UnderlyingTrigger.ToString());
        if (actions.Any())
            label.Append(" / ").AppendJoin(", ", actions.Select(action => action.Method.Description));
        foreach (var guard in arrow.GuardConditionsMethodDescriptions)
            label.Append(label.Length > 0 ? " " : "").Append('[').Append(guard.Description).Append(']');
        return label.ToString();
    }

    private static string Code(MermaidGraphDirection direction) => direction switch
    {
        MermaidGraphDirection.TopToBottom => "TB",
        MermaidGraphDirection.BottomToTop => "BT",
        MermaidGraphDirection.LeftToRight => "LR",
        MermaidGraphDirection.RightToLeft => "RL",
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, $"Unsupported {nameof(MermaidGraphDirection)}: {direction}."),
    };
}
