using MusicMetadata.Catalog;
using MusicMetadata.Commands;

try
{
    var parsed = CommandLine.Parse(args);
    if (parsed.Errors.Count > 0)
    {
        await Console.Error.WriteLineAsync($"metadata-api: {parsed.Errors[0].Message} See metadata-api -h.");
        return 2;
    }

    try
    {
        return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
    catch (OperatorException e)
    {
        await Console.Error.WriteLineAsync("metadata-api: " + Remedies.Describe(parsed, e));
        return 1;
    }
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync("metadata-api: " + (Environment.GetEnvironmentVariable("LOG_LEVEL") == "debug"
        ? e.ToString()
        : $"unforeseen {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} (if that does not help, this is a defect: please report "
            + "it, with what LOG_LEVEL=debug shows)"));
    return 1;
}
