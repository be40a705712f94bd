#pragma once

#include "ui/common/services.h"
#include "ui/service/finding_access.h"

#include <QWidget>

class QPushButton;

namespace assay {

class FlowLayout;

/// What the last check found in a sample, as chips above its text: a click says by which rule, what
/// in the text made it speak, and leads to the rows that share it.
class FindingChips final : public QWidget {
    Q_OBJECT

public:
    explicit FindingChips(const Services& services, QWidget* parent = nullptr);

    /// Reads what is known of the sample; nothing is shown meanwhile.
    void showFor(qint64 sample);
    void clear();
    bool isSettled() const { return !m_loading; }
    /// For tests.
    const QList<QPushButton*>& chips() const { return m_chips; }

Q_SIGNALS:
    /// The personal data that the check found is to be replaced.
    void redactionWanted(const QString& check);

private:
    void show(const std::vector<ExplainedFinding>& findings);
    void explain(const ExplainedFinding& explained, QWidget* at);

    Services m_services;
    FlowLayout* m_row;
    QList<QPushButton*> m_chips;
    qint64 m_sample = -1;
    bool m_loading = false;
};

} // namespace assay
