using SignalReview;
using SignalReview.Web.Api;
using SignalReview.Web.Components;
using SignalReview.Web.Components.Pages.Cases;
using SignalReview.Web.Components.Pages.Trails;
using SignalReview.Web.Hosting;
using SignalReview.Web.Hubs;
using SignalReview.Web.Localization;
using SignalReview.Web.Signals;
using SignalReview.Web.SignIn;
using SignalReview.Workflow;

var builder = WebApplication.CreateBuilder(args);
builder.ConfigureServer();
builder.Services.AddSignalReview(builder.Configuration);
builder.Services.AddHostedService<DeadlineService>();
builder.AddSignIn();
builder.Services.AddLocalizedTexts();
builder.Services.AddDoors();
builder.Services.AddErrorHandling();
builder.Services.AddReadiness();
builder.Services.AddRazorComponents();
builder.Services.AddCasePages();
builder.Services.AddSignalDrafts();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrorHandling();
app.UseLocalizedTexts();
app.UseRouting();
app.UseAuthentication();
app.UseSameOriginOnly();
app.UseAuthorization();
app.UseAntiforgery();
app.UseExpiredForms();

app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapSignIn();
app.MapApi();
app.MapRoomHub();
app.MapCasePages();
app.MapSignalDrafts();
app.MapTrailPages();
app.MapRazorComponents<App>();

await app.Services.PrepareSignalReviewAsync(demo: app.Environment.IsDevelopment(), app.Lifetime.ApplicationStopping);
await app.PrepareSignInAsync();
await app.RunAsync();
