using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace MusicMetadata.Server.Api;

/// <summary>Reads the body of a request.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body whole, and parses it.</summary>
    /// <param name="request">Whose body.</param>
    /// <param name="maxLength">How many bytes it may have.</param>
    /// <param name="parse">Parses it; what it is given is valid during the call only.</param>
    /// <exception cref="ClientException">It is too long, or cannot be read.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, int maxLength, Func<ReadOnlySequence<byte>, T> parse)
    {
        var body = request.BodyReader;
        while (true)
        {
            // Not cancelled when the client goes, which ends the read anyway: Kestrel logs an error for a read that was given up half-way.
            ReadResult read;
            try
            {
                read = await body.ReadAsync(CancellationToken.None);
            }
            catch (IOException e) when (e is not (BadHttpRequestException or ConnectionResetException))
            {
                // Kestrel's word for a chunk whose size does not fit a number.
                throw new ClientException(StatusCodes.Status400BadRequest, "The body's chunks could not be read.");
            }

            if (read.Buffer.Length > maxLength)
            {
                // Kestrel reads what is left of it, for a while: a client that is cut off while it sends would never see the answer.
                body.AdvanceTo(read.Buffer.End);
                throw new ClientException(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {maxLength} bytes.");
            }

            if (read.IsCompleted)
            {
                try
                {
                    return parse(read.Buffer);
                }
                finally
                {
                    body.AdvanceTo(read.Buffer.End);
                }
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
