namespace MusicMetadata.Catalog;

/// <summary>Is told how far long work has come. Stages may run at the same time on several threads.</summary>
public interface IWorkProgress
{
    /// <summary>Begins a stage, which ends when it is disposed of.</summary>
    /// <param name="name">What is being done, such as <c>tracks</c>.</param>
    /// <param name="total">How much there is to do; 0 when nobody knows.</param>
    IWorkStage Begin(string name, long total);
}

/// <summary>One stage of long work.</summary>
public interface IWorkStage : IDisposable
{
    /// <summary>Says how much is done since the stage began. Cheap, but not free: every thousand rows is often enough.</summary>
    void Advance(long done);
}
