#pragma once

#include "core/text/score_text.h"

#include <string>
#include <vector>

namespace assay {

/// Turns generated ids into text as they come: whole characters only, and nothing that may turn out
/// to be the beginning of a stop string. All parts together are what `generationRecord` calls the
/// text.
class GeneratedText {
public:
    GeneratedText(std::shared_ptr<const Tokenizer> tokenizer, std::span<const TokenId> prompt,
        std::vector<std::string> stopStrings);

    /// The text that is certain now and was not before; often empty. Valid UTF-8.
    std::string add(TokenId id);
    /// What was held back, when no more ids come.
    std::string finish();
    /// Whether a stop string has appeared; nothing follows it.
    bool stopped() const { return m_stopped; }

private:
    std::string release(bool all);

    std::shared_ptr<const Tokenizer> m_tokenizer;
    TextStream m_characters;
    std::vector<std::string> m_stopStrings;
    std::string m_held;
    bool m_stopped = false;
};

} // namespace assay
