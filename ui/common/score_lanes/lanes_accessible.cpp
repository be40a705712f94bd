#include "ui/common/score_lanes/lanes_accessible.h"

#include "ui/common/accessible_items.h"
#include "ui/common/score_lanes/score_lanes.h"

#include <QAccessible>

namespace assay {

namespace {

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* lanes = qobject_cast<ScoreLanes*>(object);
    if (!lanes)
        return nullptr;
    return makeAccessibleList(lanes,
        {.count = [lanes] { return int(lanes->text().cells.size()); },
            .spoken = [lanes](int index) { return spokenCell(lanes->text(), index); },
            .box = [lanes](int index) { return lanes->cellBox(index); },
            .at = [lanes](QPoint point) { return lanes->cellAt(point); },
            .selected = [lanes] { return lanes->selectedCell(); }});
}

} // namespace

void installLanesAccessibility() {
    // Installing the same factory twice is harmless: Qt keeps it once.
    QAccessible::installFactory(makeInterface);
}

} // namespace assay
