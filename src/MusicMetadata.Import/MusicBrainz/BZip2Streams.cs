using ICSharpCode.SharpZipLib.BZip2;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// Decompresses a file of one bzip2 stream or several, one after the other, as programs write that compress on all cores.
/// </summary>
/// <param name="file">The compressed file.</param>
internal sealed class BZip2Streams(Stream file) : Stream
{
    private BZip2InputStream _current = new(file) { IsStreamOwner = false };

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            if (_current.Read(buffer, offset, count) is > 0 and var read)
            {
                return read;
            }

            if (file.Position == file.Length)
            {
                break;
            }

            _current.Dispose();
            _current = new BZip2InputStream(file) { IsStreamOwner = false };
        }

        return 0;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current.Dispose();
        }

        base.Dispose(disposing);
    }
}
