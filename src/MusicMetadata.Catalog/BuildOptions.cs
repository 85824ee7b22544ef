namespace MusicMetadata.Catalog;

/// <summary>How much memory a command may use that reads a whole catalog and sorts on disk what memory does not hold.</summary>
public abstract record BuildOptions
{
    /// <summary>The least that is left for the work itself.</summary>
    protected const long MinWorkingMemory = 64L << 20;

    private readonly long _overhead;

    /// <summary>The defaults.</summary>
    /// <param name="overhead">Bytes that the process takes beside what it sorts in.</param>
    protected BuildOptions(long overhead) => _overhead = overhead;

    /// <summary>About how many bytes the process may use. More makes fewer and larger runs, hardly a shorter time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than is needed.</exception>
    public long Memory
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, _overhead + MinWorkingMemory);
            field = value;
        }
    }
    = 1L << 30;

    /// <summary>How many of them the work itself may use.</summary>
    public long WorkingMemory => Memory - _overhead;
}
