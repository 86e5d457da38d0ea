using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.Messaging;

namespace OrleansGov.LocalLine;

/// <content>Answers that got lost on demand: a repeat of such a call must bring its retry key.</content>
public sealed partial class LocalLinePlatform
{
    private const int Remembered = 256;
    private readonly Queue<string> lostAnswers = new();

    internal void LostAnswer(Call call)
    {
        if (!call.Endpoint.TakesRetryKey) return;
        lock (Gate)
        {
            lostAnswers.Enqueue(Deliveries.Hash(call));
            while (lostAnswers.Count > Remembered) lostAnswers.Dequeue();
        }
    }

    /// <summary>A send without a key repeats one whose answer was lost: it will be read twice.</summary>
    internal void JudgeKeyless(Call call)
    {
        if (lostAnswers.Count > 0 && lostAnswers.Contains(Deliveries.Hash(call)))
            Find("retry-without-key", null, $"request {call.RequestId} repeats a call whose answer was lost");
    }
}
