using MusicMetadata.Catalog;

namespace MusicMetadata.Lists;

/// <summary>The file that a result goes to. It has its name only when it is whole, so that the list itself may be written over.</summary>
internal sealed class ResultFile : IDisposable
{
    private readonly string _part;

    /// <summary>Begins to write.</summary>
    /// <exception cref="OperatorException">It cannot be written.</exception>
    public ResultFile(string path)
    {
        Path = path;
        _part = path + ".part";
        try
        {
            Stream = new FileStream(_part, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Takes the result; closed by whoever wrote it.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives it its name.</summary>
    /// <exception cref="OperatorException">Something else has it.</exception>
    public void Finish()
    {
        try
        {
            File.Move(_part, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{Path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Deletes what is not whole.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_part);
    }
}
