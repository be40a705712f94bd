#pragma once

#include "app/assay-cli/verbs.h"
#include "core/job/engine_interface.h"

namespace assay {

void addScoreVerb(CLI::App& program);
void addGenerateVerb(CLI::App& program);
void addCompareVerb(CLI::App& program);
void addCompareBatchVerb(CLI::App& program);
void addOnsetVerb(CLI::App& program);
void addForcedVerb(CLI::App& program);
void addJsonBreakVerb(CLI::App& program);
void addServeVerb(CLI::App& program);
void addInspectModelVerb(CLI::App& program);
void addConvertVerb(CLI::App& program);
void addDownloadVerb(CLI::App& program);
void addModelsVerb(CLI::App& program);
void addMergeVerb(CLI::App& program);

/// The options that every verb with a model has.
struct ModelOptions {
    std::string dtype = "f32";
    std::string templateName;
    int threads = 0;
    std::string adapter; ///< of the verbs that call addAdapterOption
};
void addModelOptions(CLI::App& verb, ModelOptions& options);
/// --adapter, for verbs with one model.
void addAdapterOption(CLI::App& verb, ModelOptions& options);
/// Loads a model for a verb; `needsTemplate` where messages will be rendered.
Result<std::shared_ptr<ModelUnderTest>> loadForVerb(
    const std::string& folder, const ModelOptions& options, bool needsTemplate);

/// The messages in a file: a JSON list, or an object with a "messages" list.
Result<std::vector<Message>> readMessagesFile(const std::string& path);

} // namespace assay
