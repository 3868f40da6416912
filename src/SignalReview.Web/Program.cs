using SignalReview.Storage;
using SignalReview.Web.Components;
using SignalReview.Web.Hosting;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

var builder = WebApplication.CreateBuilder(args);
builder.ConfigureServer();
builder.Services.AddStorage(builder.Configuration);
builder.AddSignIn();
builder.Services.AddLocalizedTexts();
builder.Services.AddErrorHandling();
builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Health.ReadyTag]);
builder.Services.AddRazorComponents();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrorHandling();
app.UseLocalizedTexts();
app.UseRouting();
app.UseAuthentication();
app.UseSameOriginOnly();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapSignIn();
app.MapRazorComponents<App>();

await app.Services.GetRequiredService<Migrator>().MigrateAsync(app.Lifetime.ApplicationStopping);
await app.RunAsync();
