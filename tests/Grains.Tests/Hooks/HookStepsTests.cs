using OrleansGov.Gateways;

namespace OrleansGov.Grains.Tests.Hooks;

/// <summary>How long something is tried, and when it is given up.</summary>
public sealed class HookStepsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, Town.Offset);
    private static readonly HookAnswer Taken = new(204, null), Broken = new(500, null), Refused = new(400, null), Silent = new(null, HookFault.TimedOut);

    [Theory]
    [InlineData("handoff.initiated", true)]
    [InlineData("handoff.failed", true)]
    [InlineData("message.received", false)]
    [InlineData(HookBody.Missed, true)]
    public void Tell_TellsWhatWasAskedFor(string type, bool isTold) =>
        Assert.Equal(isTold, !HookSteps.Tell(With(Hook("a") with { Endpoint = Endpoint("a") with { Types = ["handoff.*"] } }), 7, type, "x", null, null, Noon).Waiting.IsEmpty);

    [Fact]
    public void Tell_TellsADepartmentOfItsOwnAlone()
    {
        var state = With(Hook("a") with { Endpoint = Endpoint("a") with { Departments = ["environment"] } });
        Assert.Empty(HookSteps.Tell(state, 7, "handoff.initiated", "x", "general", null, Noon).Waiting);
        Assert.Empty(HookSteps.Tell(state, 7, "broadcast.changed", "x", null, null, Noon).Waiting);
        Assert.Single(HookSteps.Tell(state, 7, "handoff.initiated", "x", "environment", null, Noon).Waiting);
    }

    [Fact]
    public void AnEvent_ThatNobodyTakes_IsTriedForADay()
    {
        var state = HookSteps.Tell(With(Hook("a")), 7, "handoff.initiated", "x", null, null, Noon);
        var now = Noon;
        List<TimeSpan> at = [];
        while (!state.Waiting.IsEmpty)
        {
            now = state.NextDue!.Value;
            at.Add(now - Noon);
            state = HookSteps.Note(state, Assert.Single(HookSteps.Due(state, now, 8)).Number, Broken, now);
        }

        Assert.InRange(at.Count, 6, 12);
        Assert.Equal(at, at.Distinct().Order());
        Assert.InRange(at[^1], TimeSpan.FromHours(12), HookSteps.Life);
        Assert.Equal(("failed", at.Count), (state.Over.Single().State, state.Over.Single().Attempts));
    }

    [Fact]
    public void AnEndpoint_ThatFailsForThreeDays_IsSwitchedOff()
    {
        var state = With(Hook("a"));
        var now = Noon;
        for (var hour = 0; hour < 100 && state.Endpoints[0].Endpoint.OffBecause is null; hour++)
        {
            state = HookSteps.Tell(state, hour, "handoff.initiated", "x", null, null, now);
            foreach (var due in HookSteps.Due(state, now, 8)) state = HookSteps.Note(state, due.Number, Silent, now);
            now += TimeSpan.FromHours(1);
        }

        Assert.Equal("failing", state.Endpoints[0].Endpoint.OffBecause);
        Assert.InRange(now - Noon, HookSteps.Grace, HookSteps.Grace + TimeSpan.FromHours(10));
        Assert.Empty(state.Waiting);
        Assert.Empty(HookSteps.Tell(state, 999, "handoff.initiated", "x", null, null, now).Waiting);
    }

    [Fact]
    public void AnEndpoint_ThatComesBack_IsOnceMoreAsBefore()
    {
        var state = HookSteps.Tell(HookSteps.Tell(With(Hook("a")), 7, "handoff.initiated", "x", null, null, Noon), 8, "handoff.accepted", "x", null, null, Noon);
        state = HookSteps.Note(state, 1, Silent, Noon);
        Assert.Empty(HookSteps.Due(state, Noon, 8)); // it rests as a whole
        var later = state.NextDue!.Value;
        var probe = Assert.Single(HookSteps.Due(state, later, 8)); // one asks, the others wait
        state = HookSteps.Note(state, probe.Number, Taken, later);
        Assert.Equal((0, null, null), (state.Endpoints[0].Failures, state.Endpoints[0].RestsUntil, state.Endpoints[0].Endpoint.FailingSince));
        Assert.Single(HookSteps.Due(state, later, 8));
    }

    /// <summary>An event that an endpoint refuses is about the event: the others do not wait for it.</summary>
    [Fact]
    public void ARefusal_HoldsUpNothingElse()
    {
        var state = HookSteps.Tell(HookSteps.Tell(With(Hook("a")), 7, "handoff.initiated", "x", null, null, Noon), 8, "handoff.accepted", "x", null, null, Noon);
        state = HookSteps.Note(state, 1, Refused, Noon);
        Assert.Equal([2], HookSteps.Due(state, Noon, 8).Select(d => d.Number));
    }

    [Fact]
    public void ADeliveryOfARemovedEndpoint_ComesBackToNothing() =>
        Assert.Equal(With(Hook("a")).Endpoints.Count, HookSteps.Note(With(Hook("a")), 99, Taken, Noon).Endpoints.Count);

    [Fact]
    public void WhatWaits_HasABound()
    {
        var state = With(Hook("a"));
        for (var i = 0; i < HookSteps.MostWaiting + 5; i++) state = HookSteps.Tell(state, i, "message.received", "x", null, null, Noon);
        Assert.Equal((HookSteps.MostWaiting, 5), (state.Waiting.Count, state.Over.Count));
        Assert.All(state.Over, d => Assert.Equal("failed", d.State));
    }

    private static HooksState With(KeptHook hook) => new() { Endpoints = [hook] };

    private static KeptHook Hook(string id) => new(Endpoint(id), "", null, 0, null);

    private static HookEndpoint Endpoint(string id) => new(id, "https://example.jp/", [], null, null, 1, null, Noon, "test", null, null);
}
