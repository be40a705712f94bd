#pragma once

#include "core/text/normalise/aligned_text.h"

#include <deque>
#include <memory>

namespace assay {

/// One change that a tokenizer makes to a text before it cuts it into words.
class NormaliserStep {
public:
    virtual ~NormaliserStep() = default;
    /// A quick look; may say yes where `apply` then changes nothing.
    virtual bool mayChange(const TextView& text, bool continues) const = 0;
    /// `continues` says that other text stands in front: nothing is added or trimmed there.
    virtual void apply(const TextView& text, bool continues, AlignedText& out) const = 0;
};

/// Steps in turn.
class Normaliser {
public:
    void add(std::unique_ptr<NormaliserStep> step) { m_steps.push_back(std::move(step)); }
    /// What it returns looks into `text` or into `storage`.
    TextView run(TextView text, bool continues, std::deque<AlignedText>& storage) const {
        for (const auto& step : m_steps) {
            if (!step->mayChange(text, continues))
                continue;
            AlignedText& changed = storage.emplace_back();
            step->apply(text, continues, changed);
            text = changed.view();
        }
        return text;
    }
    bool empty() const { return m_steps.empty(); }

private:
    std::vector<std::unique_ptr<NormaliserStep>> m_steps;
};

/// The steps by their names in tokenizer.json.
std::unique_ptr<NormaliserStep> prependStep(std::string prefix);
std::unique_ptr<NormaliserStep> replaceStep(std::string from, std::string to);
std::unique_ptr<NormaliserStep> lowercaseStep();
std::unique_ptr<NormaliserStep> stripStep(bool left, bool right);
std::unique_ptr<NormaliserStep> stripAccentsStep();
/// `form` is NFC, NFD, NFKC or NFKD.
std::unique_ptr<NormaliserStep> unicodeFormStep(std::string_view form);
class Charsmap;
std::unique_ptr<NormaliserStep> charsmapStep(Charsmap map);
class Regex;
std::unique_ptr<NormaliserStep> replaceRegexStep(Regex from, std::string to);

} // namespace assay
