#pragma once

#include <QTranslator>

namespace assay {

/// English needs no catalogue, but sources write "%n sample(s)"; this chooses the form. A
/// translation that is installed after it comes first.
class EnglishPlurals final : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(
        const char* context, const char* source, const char* disambiguation, int n) const override;
};

} // namespace assay
