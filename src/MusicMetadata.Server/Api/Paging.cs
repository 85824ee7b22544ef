using System.Globalization;
using MusicMetadata.Search;

namespace MusicMetadata.Server.Api;

/// <summary>The parameters <c>limit</c> and <c>offset</c>, the same wherever they are taken.</summary>
internal static class Paging
{
    /// <summary>How many answers are wanted; more than <see cref="SearchLimits.MaxLimit"/> counts as that.</summary>
    /// <exception cref="ClientException">It is not a whole number from 1.</exception>
    public static int ReadLimit(HttpRequest request, int defaultLimit)
    {
        if (request.Query["limit"] is not [var text, ..])
        {
            return defaultLimit;
        }

        // However many digits: a number too large for any type is still over the highest limit.
        return IsWhole(text) && !text.All(digit => digit == '0')
            ? Math.Min(Number(text), SearchLimits.MaxLimit)
            : throw new ClientException(StatusCodes.Status400BadRequest, "limit must be a whole number from 1.");
    }

    /// <summary>How many answers to skip.</summary>
    /// <param name="request">What has the parameter, or not.</param>
    /// <param name="max">The most that may be skipped.</param>
    /// <exception cref="ClientException">It is not a whole number from 0 to that.</exception>
    public static int ReadOffset(HttpRequest request, int max)
    {
        if (request.Query["offset"] is not [var text, ..])
        {
            return 0;
        }

        return IsWhole(text) && Number(text) is var offset && offset <= max
            ? offset
            : throw new ClientException(
                StatusCodes.Status400BadRequest, $"offset must be a whole number from 0 to {max}.");
    }

    private static bool IsWhole([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) =>
        !string.IsNullOrEmpty(text) && text.All(char.IsAsciiDigit);

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
