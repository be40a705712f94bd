#include "app/assay-cli/verbs.h"

#include "resources/demo/world.h"

#include <cstdio>
#include <memory>

namespace assay {

namespace {

void addDemoWorldVerb(CLI::App& program) {
    struct Options {
        std::uint64_t seed = 7;
        std::string out;
    };
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("demo-world", "Write the demo world: corpus, training rows, cases");
    verb->add_option("--seed", options->seed, "Seed; the same seed gives the same bytes")->capture_default_str();
    verb->add_option("--out", options->out, "Folder to write into")->required();
    onRun(*verb, [options]() -> Result<void> {
        const demo::World world = demo::makeWorld(options->seed);
        auto files = demo::writeWorld(world, options->out);
        if (!files)
            return forward(files);
        std::printf("%s: %zu documents, %zu training rows, %zu cases\n", options->out.c_str(),
            world.corpus.size(), world.rows.size(), world.cases.size());
        return {};
    });
}

} // namespace

void addDemoVerbs(CLI::App& program) { addDemoWorldVerb(program); }

} // namespace assay
