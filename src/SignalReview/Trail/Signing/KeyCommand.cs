using System.ComponentModel;
using System.Diagnostics;

namespace SignalReview.Trail.Signing;

/// <summary>
/// The administrator's own program that holds a key: run once a question, with what is asked as its last argument, one line on its input and one
/// answer on its output. Exit code 0 means that it answered; what it says on its error output goes into our error.
/// </summary>
internal sealed class KeyCommand(string path, IReadOnlyList<string> arguments)
{
    private const int MostErrorText = 300;

    public string Who => $"The command {path}";

    /// <exception cref="CheckpointKeyException">It cannot be run, failed, or took too long.</exception>
    public async Task<string> AskAsync(string question, string? line, CancellationToken ct)
    {
        using var process = Start(question);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(KeySettings.HookPatience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await WriteAsync(process, line, limit.Token);
            var (answer, said) = (await output, await errors);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? answer.Trim()
                : throw new CheckpointKeyException($"{Who} {question} ended with code {process.ExitCode}: {Shorten(said)}");
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new CheckpointKeyException($"{Who} {question} did not answer within {KeySettings.HookPatience.TotalSeconds} seconds.", e);
        }
        finally
        {
            End(process);
        }
    }

    private Process Start(string question)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(question);
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            throw new CheckpointKeyException($"{Who} cannot be run: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(Process process, string? line, CancellationToken ct)
    {
        try
        {
            if (line is not null)
            {
                await process.StandardInput.WriteLineAsync(line.AsMemory(), ct);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells.
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static string Shorten(string text) => text.Trim() is { Length: > MostErrorText } longer ? longer[..MostErrorText] : text.Trim();
}

/// <summary>
/// A key behind a command. <c>public-key</c> prints it in PEM; <c>sign</c> gets the SHA-256 of what is to be signed in base64 and prints the
/// ASN.1 signature in base64.
/// </summary>
internal sealed class CommandCheckpointKey : ICheckpointKey
{
    private readonly KeyCommand command;

    private CommandCheckpointKey(KeyCommand command, byte[] publicKey)
    {
        this.command = command;
        PublicKey = publicKey;
    }

    public byte[] PublicKey { get; }

    public static async Task<CommandCheckpointKey> OpenAsync(KeyCommand command, CancellationToken ct) =>
        new(command, P256.PublicFromPem(await command.AskAsync("public-key", null, ct), command.Who));

    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var digest = System.Security.Cryptography.SHA256.HashData(message.Span);
        var answer = await command.AskAsync("sign", Convert.ToBase64String(digest), ct);
        return P256.Checked(PublicKey, message.Span, HookAnswer.Base64(answer, command.Who), command.Who);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

internal static class HookAnswer
{
    public static byte[] Base64(string text, string who)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new CheckpointKeyException($"{who} gave an answer that is not base64.", e);
        }
    }
}
