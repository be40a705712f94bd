#pragma once

#include <QWidget>

namespace assay {

/// One place of the activity rail. Panels share a SelectionContext and the services they are given;
/// they know nothing of each other.
class Panel : public QWidget {
    Q_OBJECT

public:
    enum class Group { Data, Train, Analyse };

    using QWidget::QWidget;
    /// Stable, for settings and the command line: "inspect".
    virtual QString id() const = 0;
    virtual QString title() const = 0;
    virtual Group group() const = 0;
    /// Name of an icon in :/assay/icons, without ".svg".
    virtual QString icon() const = 0;
    /// Whether nothing is under way that will change the picture.
    virtual bool isSettled() const = 0;
    /// Where the keyboard goes when the panel is chosen.
    virtual QWidget* firstFocus() { return this; }
};

} // namespace assay
