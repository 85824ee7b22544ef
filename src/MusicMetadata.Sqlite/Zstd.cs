using ZstdSharp;
using ZstdSharp.Unsafe;

namespace MusicMetadata.Sqlite;

/// <summary>
/// Frames of zstd (RFC 8878) for the rows of a file: with a dictionary, and without what the row says already, which is the magic number,
/// the size, a checksum and the number of the dictionary.
/// </summary>
public static class Zstd
{
    /// <summary>The most that a record may hold once decompressed, in bytes: far beyond an album of ten thousand tracks.</summary>
    public const int MaxContent = 1 << 26;

    /// <summary>Samples of which a dictionary can be made.</summary>
    private const int MinSamples = 200;

    /// <summary><c>ZSTD_c_format</c> and <c>ZSTD_d_format</c>, and their value for frames without a magic number.</summary>
    private const int Magicless = (int)ZSTD_format_e.ZSTD_f_zstd1_magicless;

    /// <summary>Makes a dictionary of samples; an empty one when they are too few, or all alike.</summary>
    /// <param name="samples">What rows will hold.</param>
    /// <param name="size">How many bytes it may have.</param>
    public static byte[] TrainDictionary(IReadOnlyCollection<byte[]> samples, int size)
    {
        try
        {
            return samples.Count < MinSamples ? [] : DictBuilder.TrainFromBuffer(samples, size);
        }
        catch (ZstdException)
        {
            return [];
        }
    }

    /// <summary>Makes a compressor, which one thread may use at a time.</summary>
    public static Compressor CreateCompressor(int level, byte[] dictionary)
    {
        var compressor = new Compressor(level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_experimentalParam2, Magicless);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_contentSizeFlag, 0);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 0);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_dictIDFlag, 0);
        if (dictionary.Length > 0)
        {
            compressor.LoadDictionary(dictionary);
        }

        return compressor;
    }

    /// <summary>Makes a decompressor, which one thread may use at a time.</summary>
    public static Decompressor CreateDecompressor(byte[] dictionary)
    {
        var decompressor = new Decompressor();
        decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_experimentalParam1, Magicless);
        if (dictionary.Length > 0)
        {
            decompressor.LoadDictionary(dictionary);
        }

        return decompressor;
    }
}
