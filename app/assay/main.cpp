#include "ui/common/error_text.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/shell/resources.h"
#include "ui/shell/screenshot.h"
#include "ui/shell/shots.h"
#include "ui/shell/window_bench.h"
#include "ui/shell/window_session.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

namespace {

int printBench(const QString& project, bool asJson) {
    const assay::Result<assay::Json> table = assay::benchWindow(project);
    if (!table) {
        std::fprintf(stderr, "assay: %s\n", qPrintable(assay::errorParagraph(table.error())));
        return 1;
    }
    if (asJson) {
        std::printf("%s\n", assay::dumpJson(*table).c_str());
        return 0;
    }
    std::printf("%lld samples\n\n%-62s %10s %10s\n", (*table)["samples"].get<long long>(), "",
        "median ms", "worst ms");
    for (const assay::Json& row : (*table)["rows"])
        std::printf("%-62s %10.2f %10.2f\n", row["what"].get<std::string>().c_str(),
            row["ms"].get<double>(), row["worst_ms"].get<double>());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("assay"));
    QApplication::setApplicationDisplayName(QStringLiteral("Assay"));
    QApplication::setApplicationVersion(QStringLiteral(ASSAY_VERSION));
    assay::initResources();

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Look closely at data, training and models. Every ability is also a verb of assay-cli."));
    parser.addHelpOption();
    parser.addVersionOption();
    // A terminal's help is English, as that of assay-cli.
    const auto option = [&parser](const char* name, const char* what, const char* value) {
        QCommandLineOption made(QString::fromLatin1(name), QString::fromLatin1(what));
        if (value)
            made.setValueName(QString::fromLatin1(value));
        parser.addOption(made);
    };
    option("engine", "Command that starts the engine, in place of the one in the settings.",
        "COMMAND");
    option("theme", "light or dark, for this window.", "NAME");
    option("language", "en or zh_CN, for this window.", "CODE");
    option("panel", "Panel to show first: data, review, train, runs, inspect, compare.", "NAME");
    option("settings", "Settings file to use.", "FILE");
    option("screenshot", "Save a picture once everything has been loaded, and quit.", "FILE");
    option("size", "Size of the window, for example 1480x920.", "WxH");
    option("bench", "Measure what a person waits for on this project, and quit.", "PROJECT");
    option("json", "Print the measurements as JSON.", nullptr);
    option("shots", "Save pictures of every panel into the folder, and quit.", "DIR");
    option("sample", "Id of the sample to show (with --screenshot).", "ID");
    option("model", "Model folder to show it under (with --screenshot).", "DIR");
    option("template",
        "Chat template for it: chatml, llama-2, alpaca or plain (with --screenshot).", "NAME");
    option("token", "Number of the token to select, counted from 1 (with --screenshot).", "N");
    parser.addPositionalArgument(QStringLiteral("project"),
        QCoreApplication::translate(
            "main", "Project folder to open; or a data file, a model folder or a trainer's log."),
        QStringLiteral("[PROJECT]"));
    parser.process(application);

    const QString file = parser.value(QStringLiteral("settings"));
    const auto settings = file.isEmpty() ? std::make_unique<assay::Settings>()
                                         : std::make_unique<assay::Settings>(file);
    const QString language = parser.value(QStringLiteral("language"));
    const QString theme = parser.value(QStringLiteral("theme"));

    const QString measured = parser.value(QStringLiteral("bench"));
    if (!measured.isEmpty()) {
        assay::applyTheme(application, assay::themeFromName(theme));
        return printBench(measured, parser.isSet(QStringLiteral("json")));
    }

    assay::WindowSession session(
        settings.get(), {parser.value(QStringLiteral("engine")), theme, language});
    assay::MainWindow& window = *session.window();
    const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    if (size.size() == 2 && size[0].toInt() > 0 && size[1].toInt() > 0)
        window.resize(size[0].toInt(), size[1].toInt());
    const QString panel = parser.value(QStringLiteral("panel"));
    if (!panel.isEmpty())
        settings->set(assay::Settings::keys().panel, panel);
    if (!parser.positionalArguments().isEmpty())
        window.receive(parser.positionalArguments().constFirst());
    window.show();

    const auto quit = [](const assay::Result<void>& done) {
        if (!done)
            std::fprintf(stderr, "assay: %s\n", qPrintable(assay::errorParagraph(done.error())));
        QCoreApplication::exit(done ? 0 : 1);
    };
    const QString shots = parser.value(QStringLiteral("shots"));
    if (!shots.isEmpty())
        assay::takeShots(&window,
            parser.positionalArguments().isEmpty() ? assay::startShots() : assay::usualShots(),
            shots, QStringLiteral("%1-%2").arg(assay::themeName(assay::tokens().kind), language),
            quit);
    const QString picture = parser.value(QStringLiteral("screenshot"));
    if (!picture.isEmpty())
        assay::takeScreenshot(&window,
            {picture, parser.value(QStringLiteral("sample")).toLongLong(),
                parser.value(QStringLiteral("model")), parser.value(QStringLiteral("template")),
                parser.value(QStringLiteral("token")).toInt()},
            quit);
    return QApplication::exec();
}
