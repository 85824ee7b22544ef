namespace MusicMetadata.Catalog;

/// <summary>
/// Something that only whoever runs the program can mend: a missing file, a full disk. The message is the one line printed before the
/// program ends, so it says what is wrong.
/// </summary>
/// <param name="message">What is wrong, in sentences.</param>
/// <param name="setting">
/// The property of the options that another value would mend it with, such as <c>Database</c>; null when none would. Whoever read the
/// options knows what the operator calls it.
/// </param>
public sealed class OperatorException(string message, string? setting = null) : Exception(message)
{
    /// <summary>The property of the options that another value would mend it with; null when none would.</summary>
    public string? Setting { get; } = setting;
}
