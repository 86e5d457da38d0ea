namespace OrleansGov.Procedures;

/// <summary>Pictures, one message each. The answer holds our own content ids; the bytes are fetched outside the turn.</summary>
internal static class PhotoConduct
{
    /// <summary>The run without a picture that was taken back; its question comes again when too few are left.</summary>
    public static Run Without(Run run, string id)
    {
        if (run.Stage == RunStage.Submitting) return run; // on its way to a case already
        if (run.Draft is { } draft && draft.Candidates.Contains(id)) run = run with { Draft = draft with { Candidates = draft.Candidates.Remove(id) } };
        foreach (var (step, answer) in run.Answers)
        {
            if (answer is not Answer.Photos photos || !photos.ContentIds.Contains(id)) continue;
            run = run with
            {
                Answers = run.Answers.Remove(step),
                Trail = run.Trail.Remove(step),
                Stage = RunLifecycle.After(run.Stage, RunLifecycle.Trigger.Correct),
                Draft = run.Draft is null && photos.ContentIds.Count > 1 ? new StepDraft("more") { Candidates = photos.ContentIds.Remove(id) } : run.Draft,
            };
        }

        return run;
    }

    public static Asking Ask(PhotoStep step, Scene scene)
    {
        var got = scene.Draft.Candidates.Count;
        var choices = ImmutableList.Create(new Choice(scene.Say.TakePhoto, new ChoiceAction.TakePhoto()), new Choice(scene.Say.ChoosePhoto, new ChoiceAction.ChoosePhoto()));
        return got == 0
            ? Asking.Question(scene.In(step.Ask), choices)
            : Asking.Question(Template.Fill(scene.Say.PhotoMore, StepConduct.Fill("count", $"{got}")), [scene.Tap(step, scene.Say.ThatIsAll, scene.Say.ThatIsAll), .. choices]);
    }

    public static Reading Read(PhotoStep step, Scene scene, StepInput input)
    {
        var got = scene.Draft.Candidates;
        if (input.Raw is InboundMessage.Photo photo)
        {
            if (!photo.AtLine) return new Reading.Declined(scene.Say.PhotoWanted);
            var id = InboundMessage.ContentId(photo.MessageId);
            if (got.Contains(id)) return new Reading.Moved(scene.Draft);
            var all = got.Add(id);
            ImmutableList<Intent> fetch = [new Intent.FetchPhoto(photo.MessageId, id) { Id = id }];
            return all.Count >= step.Max
                ? new Reading.Accepted(new Answer.Photos(all)) { Intents = fetch }
                : new Reading.Moved(scene.Draft with { Stage = "more", Candidates = all }) { Intents = fetch };
        }

        if (!got.IsEmpty && input.Is(scene.Say.ThatIsAll, "以上", "終わり", "おわり", "ない", "なし"))
        {
            return got.Count >= step.Min
                ? new Reading.Accepted(new Answer.Photos(got))
                : new Reading.Declined(Template.Fill(scene.Say.PhotoMissing, StepConduct.Fill("count", $"{step.Min - got.Count}")));
        }

        return new Reading.Declined(scene.Say.PhotoWanted);
    }
}
