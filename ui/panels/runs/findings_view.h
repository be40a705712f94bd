#pragma once

#include "core/analysis/curve_reading.h"

#include <QScrollArea>

class QVBoxLayout;

namespace assay {

/// What the curves show, in words: a sentence with its numbers, the rule in grey, what to do first.
class FindingsView final : public QScrollArea {
    Q_OBJECT

public:
    explicit FindingsView(QWidget* parent = nullptr);
    void setFindings(const std::vector<CurveFinding>& findings);
    /// The sentences as plain text, for exports and tests.
    QStringList sentences() const { return m_sentences; }

Q_SIGNALS:
    /// A step that the person wants to see, with a few words for it.
    void stepWanted(double step, const QString& words);

private:
    QWidget* makeFinding(const CurveFinding& finding);

    QVBoxLayout* m_column;
    QStringList m_sentences;
    std::vector<CurveFinding> m_shown;
};

/// The sentence for a finding, translated.
QString findingText(const CurveFinding& finding);
/// Two or three words for the plot: "rows seen before".
QString findingWords(const CurveFinding& finding);

} // namespace assay
