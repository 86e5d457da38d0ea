namespace Orleans.Runtime;

/// <summary>What references to grains of one class through one interface share.</summary>
internal sealed record ReferenceShape(GrainRuntime Runtime, GrainType GrainType, Type Interface);

/// <summary>A reference to a grain; proxies derive from it.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly ReferenceShape shape;
    private readonly IdSpan key;

    internal GrainReference(ReferenceShape shape, IdSpan key) => (this.shape, this.key) = (shape, key);

    /// <summary>Who is meant.</summary>
    public GrainId GrainId => new(shape.GrainType, key);

    internal GrainRuntime Runtime => shape.Runtime;

    internal Type Interface => shape.Interface;

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{shape.Interface.Name}";

    /// <summary>The same grain.</summary>
    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Another grain.</summary>
    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    // Called by emitted proxies.
    internal Task<TResult> Send<TResult>(Request<TResult> request)
    {
        request.Send(this);
        return request.Answer;
    }

    internal Task SendTask(Request<bool> request)
    {
        request.Send(this);
        return request.Shape.OneWay ? Task.CompletedTask : request.Answer;
    }

    internal ValueTask<TResult> SendValue<TResult>(Request<TResult> request) => new(Send(request));

    internal ValueTask SendValueTask(Request<bool> request) => new(SendTask(request));

    internal void SendVoid(Request<bool> request) => request.Send(this);
}
