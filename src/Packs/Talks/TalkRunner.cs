namespace OrleansGov.Packs.Talks;

/// <summary>
/// Runs a pack's talks against its procedure and the dialogue itself, with a simulated office behind it: the pack's tests, run before
/// publishing. The same talk always runs the same way.
/// </summary>
public static class TalkRunner
{
    /// <summary>When a talk begins unless it says <c>@now</c>.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, Town.Offset);

    /// <summary>Runs every <c>talks/*.talk</c>; empty = all went as written. A talk stops at its first failure.</summary>
    public static ImmutableList<TalkFailure> RunAll(Procedure procedure, IReadOnlyDictionary<string, string> texts, Town town)
    {
        var failures = ImmutableList.CreateBuilder<TalkFailure>();
        foreach (var (file, text) in texts.Where(t => PackReader.IsTalk(t.Key)).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var problems = new Problems();
            var script = TalkScript.Parse(file, text, problems.In(file));
            failures.AddRange(problems.Sorted().Select(p => new TalkFailure(p.File, p.Line, p.Fix, p.Message)));
            if (!problems.Any && Run(script, procedure, town) is { } failure) failures.Add(failure);
        }
        return failures.ToImmutable();
    }

    /// <returns>Null when all went as written.</returns>
    public static TalkFailure? Run(TalkScript script, Procedure procedure, Town town)
    {
        var room = new TalkRoom(procedure, town);
        foreach (var line in script.Lines)
        {
            if (Play(room, line) is { } wrong) return new TalkFailure(script.File, line.Number, wrong.Expected, wrong.Got);
        }
        return null;
    }

    private static Unexpected? Play(TalkRoom room, TalkLine line)
    {
        switch (line)
        {
            case TalkLine.Now now:
                return room.MoveTo(now.At);
            case TalkLine.Full full:
                room.World.Fill(full.Day);
                return null;
            case TalkLine.Lost:
                room.World.LoseNext = true;
                return null;
            case TalkLine.Mode mode:
                room.PersonalDetailsInTalk = mode.InTalk;
                return null;
            case TalkLine.Heard heard:
                return room.Hear(heard.Message);
            case TalkLine.Tap tap:
                return room.Tap(tap.Label);
            case TalkLine.Form form:
                return room.FillForm(form.Fields);
            case TalkLine.Says says:
                return room.Said.Contains(says.Text, StringComparison.Ordinal) ? null : new Unexpected($"「{says.Text}」と言う", $"「{room.Said}」");
            case TalkLine.SaysNot not:
                return room.Said.Contains(not.Text, StringComparison.Ordinal) ? new Unexpected($"「{not.Text}」と言わない", $"「{room.Said}」") : null;
            case TalkLine.Offers offers:
                return room.Offered.Any(o => o.Label == offers.Label) ? null : new Unexpected($"選択肢「{offers.Label}」が出る", room.OfferedInWords);
            default:
                throw new InvalidOperationException($"No way to play {line.GetType().Name}.");
        }
    }
}

/// <summary>What was expected and what came instead, in Japanese.</summary>
internal sealed record Unexpected(string Expected, string Got);
