using MusicMetadata.Catalog;

namespace MusicMetadata.Tests.Kit;

/// <summary>Shows nothing of long work.</summary>
/// <param name="begun">Told the name of each stage as it begins.</param>
/// <param name="advanced">Told whenever a stage has got on.</param>
internal sealed class NoProgress(Action<string>? begun = null, Action? advanced = null) : IWorkProgress, IWorkStage
{
    /// <inheritdoc/>
    public IWorkStage Begin(string name, long total)
    {
        begun?.Invoke(name);
        return this;
    }

    /// <inheritdoc/>
    public void Advance(long done) => advanced?.Invoke();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
