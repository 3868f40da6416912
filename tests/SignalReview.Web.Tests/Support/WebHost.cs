using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Tests.Support;

/// <summary>
/// The real host on a real port of loopback, with a data folder of its own that goes with it. One per test fixture:
/// <code>
/// await using var host = WebHost.Start();
/// using var samira = await host.ClientAsync("w1");
/// </code>
/// </summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly Factory factory;
    private readonly DirectoryInfo data;

    private WebHost(Factory factory, DirectoryInfo data)
    {
        this.factory = factory;
        this.data = data;
        Address = factory.ClientOptions.BaseAddress;
    }

    public Uri Address { get; }

    public string DataFolder => data.FullName;

    public IServiceProvider Services => factory.Services;

    public static WebHost Start(
        Action<IServiceCollection>? services = null,
        string environment = "Development",
        IReadOnlyDictionary<string, string>? settings = null,
        IPAddress? listenOn = null)
    {
        var folder = Directory.CreateTempSubdirectory("signalreview-");
        var host = new Factory(builder =>
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Data", folder.FullName);
            // Pages and doors are the same on any engine; the engines have tests of their own.
            builder.UseSetting("Workflow:Engine", "Embedded");
            foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureServices(collection =>
            {
                collection.AddSingleton<IDatabase>(provider => new WaitingDatabase(SqliteDatabase.InFile(provider.GetRequiredService<DataFolder>().DatabaseFile)));
                services?.Invoke(collection);
            });
        });
        host.UseKestrel(kestrel => kestrel.Listen(listenOn ?? IPAddress.Loopback, 0));
        host.StartServer();
        return new WebHost(host, folder);
    }

    /// <summary>A client nobody has signed in with. Redirects are answers, not followed.</summary>
    public HttpClient Client()
        => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>A program that acts as one of the demo's people, by bearer token.</summary>
    public async Task<HttpClient> ClientAsync(string person)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(person));
        return client;
    }

    public async Task<string> TokenAsync(string person)
    {
        using var client = Client();
        using var response = await client.PostAsJsonAsync("/demo/token", new DemoTokenRequest(person));
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<DemoTokenResponse>();
        return token!.AccessToken;
    }

    /// <summary>A hub connection as one of the demo's people; not started yet.</summary>
    public HubConnection Hub(string path, string person)
        => new HubConnectionBuilder()
            .WithUrl(new Uri(Address, path), options => options.AccessTokenProvider = async () => await TokenAsync(person))
            .Build();

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseTabsAsync(this);
        await factory.DisposeAsync();
        data.Delete(recursive: true);
    }

    // Named by a type of the web project: the command line has a Program of its own.
    private sealed class Factory(Action<IWebHostBuilder> configure) : WebApplicationFactory<SignInSettings>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => configure(builder);
    }
}
