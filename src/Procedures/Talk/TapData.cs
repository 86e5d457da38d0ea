namespace OrleansGov.Procedures;

/// <summary>
/// The data string of our buttons: <c>verb|run|step|value</c>. A tap names the run and the step it belongs to, so that a button of an
/// old card can never answer another question. Residents can see and change it: everything in it is checked like typed words.
/// </summary>
/// <param name="Verb">What the tap means, one of the constants here.</param>
/// <param name="Run">The run's id; empty for taps outside a run.</param>
/// <param name="Step">The step's id; empty where none is meant.</param>
/// <param name="Value">The rest; may contain any character.</param>
public sealed record TapData(string Verb, string Run, string Step, string Value)
{
    public const string Answer = "a";      // answers a step
    public const string Edit = "e";        // 修正 on the review card
    public const string Submit = "s";      // review: 申し込む
    public const string Word = "w";        // one of the words that always work (戻る, やめる …)
    public const string Start = "p";       // start a procedure (value = procedure id)
    public const string Case = "c";        // a case: step = change | cancel | show, value = number
    public const string Reply = "r";       // answers a yes/no that is not a step (value)

    public const string Desk = "d";        // the desk: step = back | wait | later | message | bot, or yes | no to a proposal (value = its id)

    /// <summary>Parses a data string; anything unreadable becomes verb "" and matches nothing.</summary>
    public static TapData Parse(string data)
    {
        var parts = data.Split('|', 4);
        return parts.Length == 4 ? new(parts[0], parts[1], parts[2], parts[3]) : new("", "", "", data);
    }

    public override string ToString() => $"{Verb}|{Run}|{Step}|{Value}";
}
