using System.Numerics;

namespace OrleansGov.Procedures;

/// <summary>
/// Every word an item goes by, folded loosely, with what a search needs at hand: the words themselves, their pairs of letters, and a 64-bit
/// picture of their letters that rules out most comparisons.
/// </summary>
internal sealed class ItemIndex
{
    // Scores of the ways to match, far enough apart that a way never overtakes a better one.
    private const int Prefix = 900, Contains = 800, Mistyped = 700, Within = 500, Related = 200;

    private const int LongestQuery = 60;
    private const double LeastRelated = 0.5;

    private readonly ImmutableList<Item> items;
    private readonly Dictionary<string, Item> byId;
    private readonly Dictionary<string, ImmutableList<int>> byName;
    private readonly Dictionary<string, ImmutableList<int>> byWord;
    private readonly Word[] words;
    private readonly Dictionary<int, int[]> byPair;

    public ItemIndex(ImmutableList<Item> items)
    {
        this.items = items;
        byId = items.DistinctBy(item => item.Id).ToDictionary(item => item.Id);
        byName = Group(items.Select((item, i) => (JapaneseText.Fold(item.Name), i)));
        words = [.. items.SelectMany((item, i) => WordsOf(item).Select(LooseText.Key).Where(key => key.Length > 0).Distinct().Select(key => new Word(key, i, Letters(key))))];
        byWord = Group(words.Select(word => (word.Key, word.Item)));
        byPair = words.SelectMany((word, i) => Pairs(word.Key).Distinct().Select(pair => (pair, i))).GroupBy(p => p.pair, p => p.i).ToDictionary(g => g.Key, g => g.ToArray());
    }

    private readonly record struct Word(string Key, int Item, ulong Letters);

    public Item? ById(string id) => byId.GetValueOrDefault(id);

    /// <summary>The items that bear exactly this name, else those that go by this word.</summary>
    public ImmutableList<Item> Exact(string query)
    {
        var named = byName.GetValueOrDefault(JapaneseText.Fold(query), []);
        var found = named.Count == 1 ? named : byWord.GetValueOrDefault(LooseText.Key(query), []);
        return found.ConvertAll(i => items[i]);
    }

    /// <summary>The items that may be meant, best first.</summary>
    public ImmutableList<Item> Similar(string query, int limit)
    {
        var key = LooseText.Key(query);
        // One kana or a number begins half of the table and means nothing.
        if (key.All(char.IsAsciiDigit) || (key.Length == 1 && !IsIdeograph(key[0]))) return [];
        if (key.Length > LongestQuery) key = key[..LongestQuery];
        if (items.IsEmpty) return [];
        var scores = new int[items.Count];
        var letters = Letters(key);
        foreach (var word in words) Raise(scores, word.Item, Score(key, letters, word));
        RaiseRelated(scores, key);
        // Guesses are made only while nothing bears the word itself.
        var best = scores.Max();
        var least = best > Mistyped ? Mistyped + 1 : best >= Within ? Within : 1;
        return [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] >= least).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(limit).Select(i => items[i])];
    }

    private static int Score(string key, ulong letters, Word word)
    {
        var (length, other) = (key.Length, word.Key.Length);
        if (other >= length && (letters & ~word.Letters) == 0)
        {
            if (word.Key.StartsWith(key, StringComparison.Ordinal)) return Prefix - Math.Min(other - length, 90);
            if ((length > 1 || IsIdeograph(key[0])) && word.Key.Contains(key, StringComparison.Ordinal)) return Contains - Math.Min(other - length, 90);
        }
        // One kana is in every sentence; one 漢字 (机, 棚) is a word.
        if (other < length && (other > 1 || IsIdeograph(word.Key[0])) && (word.Letters & ~letters) == 0 && IsSaid(key, word.Key)) return Within + Math.Min(other, 90);
        var forgiven = Math.Min(LooseText.ForgivenMistakes(length), LooseText.ForgivenMistakes(other));
        // A mistake changes at most two bits of the picture.
        if (forgiven == 0 || BitOperations.PopCount(letters ^ word.Letters) > 2 * forgiven || length > 30) return 0;
        var distance = LooseText.Distance(key, word.Key, forgiven);
        return distance <= forgiven ? Mistyped - 30 * distance : 0;
    }

    /// <summary>A short word in kana (いす) must not be found inside another one (すいすい); it is said when most of the sentence is it, or a particle follows.</summary>
    private static bool IsSaid(string sentence, string word)
    {
        for (var at = sentence.IndexOf(word, StringComparison.Ordinal); at >= 0; at = sentence.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (word.Length > 2 || !IsHiragana(word)) return true;
            var end = at + word.Length;
            if (end == sentence.Length || "をがはもの".Contains(sentence[end], StringComparison.Ordinal) || !IsHiragana(sentence[end..(end + 1)])) return true;
        }
        return false;
    }

    private static bool IsHiragana(string text) => text.All(c => c is >= 'ぁ' and <= 'ゖ');

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9FFF';

    /// <summary>Words that share half of their pairs of letters (Dice).</summary>
    private void RaiseRelated(int[] scores, string key)
    {
        var pairs = Pairs(key).Distinct().ToList();
        if (pairs.Count < 2) return;
        var shared = new int[words.Length];
        var touched = new List<int>();
        foreach (var pair in pairs)
        {
            foreach (var word in byPair.GetValueOrDefault(pair, []))
            {
                if (shared[word]++ == 0) touched.Add(word);
            }
        }
        foreach (var word in touched)
        {
            var likeness = 2.0 * shared[word] / (pairs.Count + Math.Max(words[word].Key.Length - 1, 1));
            if (shared[word] > 1 && likeness >= LeastRelated) Raise(scores, words[word].Item, Related + (int)(100 * likeness));
        }
    }

    private static void Raise(int[] scores, int item, int score) => scores[item] = Math.Max(scores[item], score);

    private static IEnumerable<string> WordsOf(Item item)
    {
        foreach (var word in item.Synonyms.Prepend(item.Reading).Prepend(item.Name))
        {
            yield return word;
            if (word.IndexOfAny(['（', '(']) is > 0 and var open) yield return word[..open];
        }
    }

    private static Dictionary<string, ImmutableList<int>> Group(IEnumerable<(string Word, int Item)> pairs) =>
        pairs.GroupBy(p => p.Word, p => p.Item).ToDictionary(g => g.Key, g => g.Distinct().ToImmutableList());

    private static ulong Letters(string key) => key.Aggregate(0UL, (picture, c) => picture | 1UL << (int)(c * 0x9E3779B1u >> 26));

    private static IEnumerable<int> Pairs(string key)
    {
        for (var i = 1; i < key.Length; i++) yield return key[i - 1] << 16 | key[i];
    }
}
