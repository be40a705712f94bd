#include "app/assay-cli/bench_analysis.h"
#include "app/assay-cli/verbs.h"

#include "core/job/engine_interface.h"

#include <cstdio>
#include <memory>

namespace assay {

namespace {

void printTable(const Json& table) {
    std::printf("%s: %.1f M parameters, %s, %d threads, peak %.0f MiB\n\n",
        table["shape"].get<std::string>().c_str(), table["parameters"].get<double>() / 1e6,
        table["batch"].get<std::string>().c_str(), table["threads"].get<int>(),
        table["peak_rss_mib"].get<double>());
    std::printf("%-6s %14s %10s %16s %10s %14s %10s\n", "dtype", "train tok/s", "products",
        "score top10 t/s", "products", "generate t/s", "cancel ms");
    for (const Json& row : table["rows"])
        std::printf("%-6s %14.0f %9.0f%% %16.0f %9.0f%% %14.0f %10.0f\n",
            row["dtype"].get<std::string>().c_str(), row["train_tokens_per_s"].get<double>(),
            100 * row["train_products_share"].get<double>(),
            row["score_top10_tokens_per_s"].get<double>(),
            100 * row["score_products_share"].get<double>(),
            row["generate_tokens_per_s"].get<double>(), row["cancel_ms"].get<double>());
    std::printf("\ncancel: the longest of 8 waits for a pass over a whole context to stop\n");
    std::printf("products: the share of the time that the matrix products alone would take\n");
}

} // namespace

void addBenchVerbs(CLI::App& program) {
    struct Options {
        std::string what = "tiny";
        std::int64_t tokens = 5000000;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App& verb = *program.add_subcommand(
        "bench", "Measure the engine, or the phrase index, on this machine");
    verb.add_option("shape", options->what,
        "tiny (the demo's model), smol (135 M parameters), or analysis (the phrase index)");
    verb.add_option("--tokens", options->tokens, "analysis: size of the corpus that is indexed")
        ->check(CLI::Range(std::int64_t(100000), std::int64_t(200000000)))
        ->capture_default_str();
    verb.add_flag("--json", options->json, "Print JSON instead of a table");
    onRun(verb, [options]() -> Result<void> {
        if (options->what == "analysis") {
            auto measured = benchAnalysis(options->tokens);
            if (!measured)
                return forward(measured);
            if (options->json)
                std::printf("%s\n", dumpJson(*measured).c_str());
            else
                printBenchAnalysis(*measured);
            return {};
        }
        auto engine = loadEngine();
        if (!engine)
            return forward(engine);
        auto table = (*engine)->bench(options->what);
        if (!table)
            return forward(table);
        if (options->json)
            std::printf("%s\n", dumpJson(*table).c_str());
        else
            printTable(*table);
        return {};
    });
}

} // namespace assay
