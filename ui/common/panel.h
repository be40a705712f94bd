#pragma once

#include "core/base/result.h"

#include <QAction>
#include <QWidget>

#include <functional>

namespace assay {

/// Something of a panel that can be saved to a file.
struct PanelExport {
    QString name; ///< for people: "Loss curve"
    QStringList suffixes; ///< the formats it can be written in, the usual one first: {"png", "svg"}
    /// Writes the file in the format of its suffix.
    std::function<Result<void>(const QString& file)> write = {};
    /// In place of `write` where it takes long: collects at once what is to be written, and gives
    /// back the work, which touches nothing of the window and may run on any thread.
    std::function<std::function<Result<void>()>(const QString& file)> prepare = {};
};

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

    /// What a person can do here, for the command palette and the list of keys in the help drawer:
    /// actions that belong to the panel (QWidget::addAction, Qt::WidgetWithChildrenShortcut), with
    /// text and, where they have one, shortcut. Disabled ones are shown as such.
    virtual QList<QAction*> commands() const { return actions(); }
    /// What the panel is for and how to read it, as Markdown of a few short paragraphs.
    virtual QString help() const { return QString(); }
    /// What the selected item means, as Markdown; empty when nothing is selected. `helpChanged`
    /// when it changes.
    virtual QString selectionHelp() const { return QString(); }
    /// A file or folder of the panel's kind that somebody handed to the window: a data file for
    /// "data", a model for "inspect", a trainer's log for "runs".
    virtual void openPath(const QString& path) { Q_UNUSED(path) }
    /// What can be saved; a picture of the whole panel is always offered beside these.
    virtual QList<PanelExport> exports() { return {}; }

Q_SIGNALS:
    void helpChanged();
};

} // namespace assay
