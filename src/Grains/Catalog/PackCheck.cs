using OrleansGov.Line;
using OrleansGov.Packs;
using OrleansGov.Packs.Talks;

namespace OrleansGov.Grains;

/// <summary>Everything a pack must pass before it is published: its texts and tables, its own talks, and LINE's limits on what it says.</summary>
internal static class PackCheck
{
    public static ImmutableList<PackFault> Faults(PackFiles pack, PackRules rules, Town town)
    {
        var reading = PackReader.Read(pack.Id, pack.Texts, rules with { Departments = [.. town.Departments.Select(d => d.Id)] });
        if (reading.Procedure is not { } procedure) return [.. reading.Problems.Select(Fault)];
        var talks = TalkRunner.RunAll(procedure, pack.Texts, town);
        return talks.IsEmpty ? [.. Unsayable(procedure)] : [.. talks.Select(t => Fault(t.ToProblem()))];
    }

    private static PackFault Fault(PackProblem problem) => new(problem.File, problem.Line, problem.Message, problem.Fix);

    // The renderer shortens and splits; a question of several messages is more than a resident reads.
    private static IEnumerable<PackFault> Unsayable(Procedure procedure)
    {
        foreach (var step in procedure.Steps)
            foreach (var text in step.Ask.ByLanguage.Values)
                if (MessageRenderer.Render([new Say.Words(text)], new RenderContext()).Messages.Count != 1)
                    yield return new PackFault("procedure.yaml", 0, $"質問「{step.Id}」が長すぎて、1つのメッセージに収まりません。", "5,000文字より短くしてください。");
    }
}
