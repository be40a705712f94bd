<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Findings</name>
    <message>
        <source>near-tie</source>
        <translation>近乎持平</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>firm</source>
        <translation>强</translation>
    </message>
    <message>
        <source>%1 leaves the reference here · R1 gap %2 %3</source>
        <translation>%1 在此偏离参考答案 · R1 差距 %2 %3</translation>
    </message>
    <message>
        <source> · R2: improbable even for its own uncertainty</source>
        <translation> · R2：即使考虑其自身的不确定性也不太可能</translation>
    </message>
    <message>
        <source>parts from the reference here · R0 byte %1</source>
        <translation>在此与参考答案分开 · R0 字节 %1</translation>
    </message>
    <message>
        <source>suspect (R5)</source>
        <translation>可疑（R5）</translation>
    </message>
    <message>
        <source>the model would say something else (R1)</source>
        <translation>模型会说别的（R1）</translation>
    </message>
    <message>
        <source>first place where base and tuned would say different things</source>
        <translation>基座与微调首次给出不同内容之处</translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message numerus="yes">
        <source>%1 · answer · %n token(s) · mean %2 nats</source>
        <translation>
            <numerusform>%1 · 答案 · %n 个词元 · 平均 %2 nat</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>cut off · %n token(s) beyond the context of %1 were not read</source>
        <translation>
            <numerusform>已截断 · 超出 %1 上下文的 %n 个词元未读取</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectExport</name>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>model hash</source>
        <translation>模型哈希</translation>
    </message>
    <message>
        <source>tokenizer hash</source>
        <translation>分词器哈希</translation>
    </message>
    <message>
        <source>template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>template hash</source>
        <translation>模板哈希</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Every token is filled by its surprisal under %1, 0 to 10 nats; a hover shows its numbers.</source>
        <translation>每个词元按其在 %1 下的意外度填色，0 到 10 nat；悬停显示数值。</translation>
    </message>
    <message>
        <source>token %1, id %2</source>
        <translation>词元 %1，id %2</translation>
    </message>
    <message>
        <source>: p %1, log p %2, rank %3, entropy %4</source>
        <translation>：p %1，log p %2，排名 %3，熵 %4</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
</context>
<context>
    <name>assay::AlternativesModel</name>
    <message>
        <source>%1: probability %2, rank %3</source>
        <translation>%1：概率 %2，排名 %3</translation>
    </message>
    <message>
        <source>The token that stands in the text (id %1)</source>
        <translation>文本中的词元（id %1）</translation>
    </message>
    <message>
        <source>id %1</source>
        <translation>id %1</translation>
    </message>
    <message>
        <source>Probability under the other model, where it is among its 20 most probable</source>
        <translation>另一模型下的概率（若在其最可能的 20 个之中）</translation>
    </message>
    <message>
        <source>token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>log p</source>
        <translation>log p</translation>
    </message>
</context>
<context>
    <name>assay::AnswerCurve</name>
    <message>
        <source>Surprisal along the tokens</source>
        <translation>沿词元的意外度</translation>
    </message>
    <message>
        <source>token %1: surprisal %2 nats, band %3 to %4 nats</source>
        <translation>词元 %1：意外度 %2 nat，区间 %3 到 %4 nat</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s); arrow keys move along them</source>
        <translation>
            <numerusform>%n 个词元；方向键在其间移动</numerusform>
        </translation>
    </message>
    <message>
        <source>surprisal (line) over entropy ± √varentropy (band), nats</source>
        <translation>意外度（线）与 熵 ± √varentropy（带），nat</translation>
    </message>
    <message>
        <source>tokens %1–%2</source>
        <translation>词元 %1–%2</translation>
    </message>
</context>
<context>
    <name>assay::BranchModel</name>
    <message>
        <source>the sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>free text</source>
        <translation>自由文本</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>%1 @%2</source>
        <translation>%1 @%2</translation>
    </message>
    <message>
        <source>%1 @%2, seed %3</source>
        <translation>%1 @%2，种子 %3</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>%1 goes on at temperature %2, top-p %3, seed %4</source>
        <translation>%1 以温度 %2、top-p %3、种子 %4 续写</translation>
    </message>
    <message>
        <source>%1 goes on greedily</source>
        <translation>%1 贪心续写</translation>
    </message>
    <message>
        <source>the forced words lie %1 nats behind the most probable ones</source>
        <translation>强制的词比最可能的词落后 %1 nat</translation>
    </message>
    <message>
        <source>the tokenizer would cut the joined text otherwise: the model meets a spelling that it rarely saw</source>
        <translation>分词器会以另一种方式切分拼接后的文本：模型遇到的是它很少见过的写法</translation>
    </message>
    <message>
        <source>ended by an end token</source>
        <translation>以结束词元结束</translation>
    </message>
    <message>
        <source>ended by the mark of a turn&apos;s end</source>
        <translation>以轮次结束标记结束</translation>
    </message>
    <message>
        <source>stopped at the number of new tokens asked for</source>
        <translation>达到要求的新词元数而停止</translation>
    </message>
    <message>
        <source>stopped at the end of the model&apos;s context</source>
        <translation>到达模型上下文末尾而停止</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1, cost %2 nats: %3</source>
        <translation>%1，代价 %2 nat：%3</translation>
    </message>
    <message>
        <source>How far all forced words on the way here lie behind the most probable ones</source>
        <translation>到此为止所有强制的词比最可能的词落后多少</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>强制</translation>
    </message>
    <message>
        <source>cost, nats</source>
        <translation>代价，nat</translation>
    </message>
    <message>
        <source>continuation</source>
        <translation>续写</translation>
    </message>
</context>
<context>
    <name>assay::DataCard</name>
    <message>
        <source>In the training text</source>
        <translation>训练文本中</translation>
    </message>
    <message>
        <source>Index again</source>
        <translation>重新索引</translation>
    </message>
    <message>
        <source>The project has changed since its text was indexed</source>
        <translation>项目在建立索引之后已有改动</translation>
    </message>
    <message>
        <source>Places in the training text; Enter opens the row</source>
        <translation>训练文本中的位置；按回车打开该行</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>没有打开的项目</translation>
    </message>
    <message>
        <source>How often the training text says the same stands here.</source>
        <translation>训练文本中出现同样内容的次数显示在这里。</translation>
    </message>
    <message>
        <source>Not indexed yet</source>
        <translation>尚未建立索引</translation>
    </message>
    <message>
        <source>How often does the training text go on like this? An index of the project&apos;s rows tells.</source>
        <translation>训练文本有多少次这样接续？为项目的各行建立索引即可知道。</translation>
    </message>
    <message>
        <source>Index the training text</source>
        <translation>索引训练文本</translation>
    </message>
    <message>
        <source>Opening the index</source>
        <translation>正在打开索引</translation>
    </message>
    <message>
        <source>Indexing the training text</source>
        <translation>正在索引训练文本</translation>
    </message>
    <message>
        <source>It goes on in the background while you work.</source>
        <translation>它在后台进行，不影响你的工作。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The index cannot be used</source>
        <translation>索引无法使用</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Choose a token: how often the training text goes on with it, and where, stands here.</source>
        <translation>选择一个词元：训练文本中接续它的次数和位置显示在这里。</translation>
    </message>
    <message>
        <source>The words before it do not occur in the project&apos;s rows.</source>
        <translation>它之前的词没有出现在项目的各行中。</translation>
    </message>
    <message>
        <source>After %1 (%2 ×) %3 follows %4 ×.</source>
        <translation>在 %1 之后（%2 次），%3 接续 %4 次。</translation>
    </message>
    <message>
        <source>After the shorter %1 it follows %2 of %3 ×.</source>
        <translation>在较短的 %1 之后，%3 次中接续 %2 次。</translation>
    </message>
    <message>
        <source>By itself it occurs %1 ×.</source>
        <translation>单独出现 %1 次。</translation>
    </message>
</context>
<context>
    <name>assay::GenerationButton</name>
    <message>
        <source>How a branch goes on</source>
        <translation>分支的续写方式</translation>
    </message>
    <message>
        <source>Temperature, seed and length of what the model writes in a branch</source>
        <translation>模型在分支中续写的温度、种子和长度</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>贪心</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 always takes the most probable token; 1 draws from the model&apos;s own distribution</source>
        <translation>0 总是取最可能的词元；1 按模型自身的分布抽取</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Draw only from the most probable tokens that hold this mass</source>
        <translation>只从合计占此概率质量的最可能词元中抽取</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed gives the same text again</source>
        <translation>相同的种子得到相同的文本</translation>
    </message>
    <message>
        <source>New tokens</source>
        <translation>新词元</translation>
    </message>
    <message>
        <source>The most that are written</source>
        <translation>最多写出的数量</translation>
    </message>
    <message numerus="yes">
        <source>greedy · %n new</source>
        <translation>
            <numerusform>贪心 · 新增 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>T %1 · seed %2 · %n new</source>
        <translation>
            <numerusform>T %1 · 种子 %2 · 新增 %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>assay::InspectPanel</name>
    <message>
        <source>Next suspect</source>
        <translation>下一个可疑处</translation>
    </message>
    <message>
        <source>Previous suspect</source>
        <translation>上一个可疑处</translation>
    </message>
    <message>
        <source>Next place where base and tuned differ</source>
        <translation>下一个基座与微调不同之处</translation>
    </message>
    <message>
        <source>Error onset</source>
        <translation>错误起点</translation>
    </message>
    <message>
        <source>Next departure from the reference</source>
        <translation>下一个偏离参考答案之处</translation>
    </message>
    <message>
        <source>Next most uncertain token</source>
        <translation>下一个最不确定的词元</translation>
    </message>
    <message>
        <source>Base, tuned, delta in turn</source>
        <translation>依次切换基座、微调、差值</translation>
    </message>
    <message>
        <source>Next metric</source>
        <translation>下一个指标</translation>
    </message>
    <message>
        <source>Take alternative %1</source>
        <translation>采用候选 %1</translation>
    </message>
    <message>
        <source>Branch with the chosen alternative</source>
        <translation>用所选候选建立分支</translation>
    </message>
    <message>
        <source>Preview the chosen alternative</source>
        <translation>预览所选候选</translation>
    </message>
    <message>
        <source>Continue from here, in place of the token</source>
        <translation>从此处续写，替换该词元</translation>
    </message>
    <message>
        <source>Continue after the token</source>
        <translation>在该词元之后续写</translation>
    </message>
    <message>
        <source>Base model from here</source>
        <translation>从此处用基座模型</translation>
    </message>
    <message>
        <source>Force text…</source>
        <translation>强制文本…</translation>
    </message>
    <message>
        <source>Edit the text…</source>
        <translation>编辑文本…</translation>
    </message>
    <message>
        <source>Write a text or a prompt…</source>
        <translation>写一段文本或提示…</translation>
    </message>
    <message>
        <source>Delete the branch</source>
        <translation>删除分支</translation>
    </message>
    <message>
        <source>Back to the beginning of the tree</source>
        <translation>回到树的起点</translation>
    </message>
    <message>
        <source>Cancel, then clear the selection</source>
        <translation>取消，再清除选择</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>Previous sample</source>
        <translation>上一个样本</translation>
    </message>
    <message>
        <source>In place of token %1 (%2) say</source>
        <translation>将词元 %1（%2）替换为</translation>
    </message>
    <message>
        <source>As the answer say</source>
        <translation>答案改为</translation>
    </message>
    <message>
        <source>After the text say</source>
        <translation>在文本之后写</translation>
    </message>
    <message>
        <source>The words of the turn &quot;%1&quot;. The sample itself stays as it is.</source>
        <translation>轮次“%1”的文字。样本本身保持不变。</translation>
    </message>
    <message>
        <source>The text in view. The sample itself stays as it is.</source>
        <translation>当前显示的文本。样本本身保持不变。</translation>
    </message>
    <message>
        <source>Any text, without a sample: scored as it stands, or sent as a message and answered.</source>
        <translation>任意文本，无需样本：按原样评分，或作为消息发送并得到回答。</translation>
    </message>
    <message>
        <source>Every token is filled by what the model thought of it, given everything before it.

**Surprisal** is minus the log-probability, in nats: 0 was certain, 2.3 is one chance in ten, 6.9 one in a thousand. **Rank** 1 is the token that greedy decoding would take. **Entropy** is how undecided the model was before it saw the token. **Margin** is how far the token lies before or behind the best other. **Delta** is what fine-tuning changed.

**Along the answer** lays the surprisal over the band in which it was to be expected; where the line leaves the band, the model was surprised beyond its own doubt.

**Branches**: click an alternative and the model goes on from it; Shift-click only previews. The cost says how far the forced words lie behind the most probable ones. The sample itself never changes.

**Marks** name their rule. An onset (R0, R1) needs a reference: the sample&apos;s own answer. A suspect (R5) is only a place that stands out.

**In the training text** counts how often the project&apos;s rows go on with the token after the same words, as many of them as occur together. Dots under the text: six words or more that stand in a row word for word.</source>
        <translation>每个词元按模型在读过前文后对它的看法填色。

**意外度**是对数概率的负值，单位 nat：0 为确定，2.3 为十分之一的可能，6.9 为千分之一。**排名** 1 是贪心解码会取的词元。**熵**表示模型在看到该词元之前有多犹豫。**差距**表示该词元比其他最优词元领先或落后多少。**差值**是微调带来的变化。

**沿答案**把意外度画在预期区间之上；线离开区间之处，模型的意外超出了它自身的犹豫。

**分支**：点击一个候选，模型便从它续写；Shift+点击只预览。代价表示强制的词比最可能的词落后多少。样本本身始终不变。

**标记**注明所依据的规则。错误起点（R0、R1）需要参考答案，即样本自己的答案。可疑处（R5）只是突出的位置。

**训练文本中**统计项目各行在同样的词之后（取能一起找到的最长部分）接续该词元的次数。文字下的点线：连续六个词以上与某一行逐字相同。</translation>
    </message>
    <message>
        <source>Token %1, %2, lies beyond what the model can read.</source>
        <translation>词元 %1，%2，超出模型可读取的范围。</translation>
    </message>
    <message>
        <source>Token %1, %2, has no score: nothing stands before it, or it is being scored.</source>
        <translation>词元 %1，%2，没有评分：它前面没有内容，或正在评分。</translation>
    </message>
    <message>
        <source>**Token %1, %2.** The model held it %3 likely: about one chance in %4.</source>
        <translation>**词元 %1，%2。** 模型认为其概率为 %3：约为 %4 分之一。</translation>
    </message>
    <message>
        <source>**Surprisal %1 nats** (%2 bits).</source>
        <translation>**意外度 %1 nat**（%2 比特）。</translation>
    </message>
    <message>
        <source>**Rank 1**: greedy decoding says exactly this.</source>
        <translation>**排名 1**：贪心解码给出的正是它。</translation>
    </message>
    <message numerus="yes">
        <source>**Rank %1**: the model held %n other token(s) more probable.</source>
        <translation>
            <numerusform>**排名 %1**：模型认为另有 %n 个词元更可能。</numerusform>
        </translation>
    </message>
    <message>
        <source>**Entropy %1 nats**: it was as undecided as between %2 equally likely tokens.</source>
        <translation>**熵 %1 nat**：犹豫程度相当于在 %2 个等可能的词元之间选择。</translation>
    </message>
    <message>
        <source>**Margin %1**: so many nats before the best other token.</source>
        <translation>**差距 %1**：比其他最优词元领先的 nat 数。</translation>
    </message>
    <message>
        <source>**Margin %1**: so many nats behind the token that it would rather have said.</source>
        <translation>**差距 %1**：比模型更想说的词元落后的 nat 数。</translation>
    </message>
    <message>
        <source>Measured against its own doubt the surprise is %1 standard deviations (z).</source>
        <translation>相对其自身的犹豫，意外程度为 %1 个标准差（z）。</translation>
    </message>
    <message>
        <source>**Delta +%1 nats**: fine-tuning made it more likely.</source>
        <translation>**差值 +%1 nat**：微调使它更可能。</translation>
    </message>
    <message>
        <source>**Delta %1 nats**: fine-tuning made it less likely.</source>
        <translation>**差值 %1 nat**：微调使它更不可能。</translation>
    </message>
    <message>
        <source>Tokens, coloured</source>
        <translation>词元，着色</translation>
    </message>
    <message>
        <source>Along the answer</source>
        <translation>沿答案</translation>
    </message>
    <message>
        <source>Scores of every token</source>
        <translation>每个词元的评分</translation>
    </message>
    <message>
        <source>Page with everything</source>
        <translation>包含全部内容的页面</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>List of samples</source>
        <translation>样本列表</translation>
    </message>
    <message>
        <source>Show or hide the list of samples</source>
        <translation>显示或隐藏样本列表</translation>
    </message>
    <message>
        <source>Back to the sample</source>
        <translation>返回样本</translation>
    </message>
    <message>
        <source>surprisal</source>
        <translation>意外度</translation>
    </message>
    <message>
        <source>Colour by minus log-probability of the token</source>
        <translation>按词元对数概率的负值着色</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Colour by the token&apos;s place in the model&apos;s order</source>
        <translation>按词元在模型排序中的位置着色</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>Colour by how undecided the model was</source>
        <translation>按模型的犹豫程度着色</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>差距</translation>
    </message>
    <message>
        <source>Colour by how far the token lies behind the best other</source>
        <translation>按词元落后其他最优词元的程度着色</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>What the base model says of the text</source>
        <translation>基座模型对文本的看法</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>What the fine-tuned model says of the text</source>
        <translation>微调模型对文本的看法</translation>
    </message>
    <message>
        <source>delta</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Log-probability under the tuned model minus that under the base, token by token</source>
        <translation>逐词元：微调模型的对数概率减去基座的对数概率</translation>
    </message>
    <message>
        <source>Text to force</source>
        <translation>要强制的文本</translation>
    </message>
    <message>
        <source>any words; a leading space counts</source>
        <translation>任意文字；开头的空格有效</translation>
    </message>
    <message>
        <source>Force</source>
        <translation>强制</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colours and marks of the tokens</source>
        <translation>词元的颜色和标记</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>divergence</source>
        <translation>分歧点</translation>
    </message>
    <message>
        <source>onset</source>
        <translation>错误起点</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>take alternative</source>
        <translation>采用候选</translation>
    </message>
    <message>
        <source>branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Fill behind the token</source>
        <translation>词元背景填色</translation>
    </message>
    <message>
        <source>Underline, thicker for more</source>
        <translation>下划线，越粗值越大</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Template tokens</source>
        <translation>模板词元</translation>
    </message>
    <message>
        <source>Show BOS, role names and end-of-turn marks</source>
        <translation>显示 BOS、角色名和轮次结束标记</translation>
    </message>
    <message>
        <source>Show or hide the curve</source>
        <translation>显示或隐藏曲线</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Base from here</source>
        <translation>从此处用基座</translation>
    </message>
    <message>
        <source>Let the base model go on in place of the selected token, as a branch</source>
        <translation>让基座模型替换所选词元并续写，作为分支</translation>
    </message>
    <message>
        <source>Continue from here</source>
        <translation>从此处续写</translation>
    </message>
    <message>
        <source>Let the model go on in place of the selected token; with none selected, from where its answer begins</source>
        <translation>让模型替换所选词元并续写；未选词元时从其答案开头续写</translation>
    </message>
    <message>
        <source>Put any words in place of the selected token</source>
        <translation>用任意文字替换所选词元</translation>
    </message>
    <message>
        <source>Show or hide the branches</source>
        <translation>显示或隐藏分支</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Free text</source>
        <translation>自由文本</translation>
    </message>
    <message>
        <source>forced by you</source>
        <translation>由你强制</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) · mean %1 nats · perplexity %2</source>
        <translation>
            <numerusform>%n 个词元 · 平均 %1 nat · 困惑度 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检视</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>Sample %1 · %2</source>
        <translation>样本 %1 · %2</translation>
    </message>
    <message>
        <source>Reading the sample</source>
        <translation>正在读取样本</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>尚无模型</translation>
    </message>
    <message>
        <source>Open a model folder, or train a model: the text is then coloured by how surprising each token was to it.</source>
        <translation>打开模型文件夹，或训练一个模型：文本随后按每个词元对模型的意外程度着色。</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>打开模型文件夹…</translation>
    </message>
    <message>
        <source>No sample chosen</source>
        <translation>未选择样本</translation>
    </message>
    <message>
        <source>Choose one in Data or in the list of samples: its text appears here, token by token, as a model sees it. Or write a text of your own.</source>
        <translation>在“数据”或样本列表中选择一个：其文本将按模型所见逐词元显示在此。也可自己写一段文本。</translation>
    </message>
    <message>
        <source>Write a text…</source>
        <translation>写一段文本…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The text was not scored.</source>
        <translation>文本未评分。</translation>
    </message>
    <message>
        <source>Score it</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Scoring under %1</source>
        <translation>正在用 %1 评分</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) so far</source>
        <translation>
            <numerusform>目前 %n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading %1</source>
        <translation>正在加载 %1</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>Restart the engine</source>
        <translation>重启引擎</translation>
    </message>
    <message>
        <source>The model&apos;s chat template cannot be used here</source>
        <translation>此处无法使用该模型的对话模板</translation>
    </message>
    <message>
        <source>Use the plain template</source>
        <translation>使用纯文本模板</translation>
    </message>
    <message>
        <source>This model has no chat template</source>
        <translation>此模型没有对话模板</translation>
    </message>
    <message>
        <source>A conversation becomes text through a template, and %1 names none that is known here. The plain template writes the turns one after the other; the others are in the model menu.</source>
        <translation>对话通过模板变成文本，而 %1 未指明此处已知的模板。纯文本模板依次写出各轮次；其他模板在模型菜单中。</translation>
    </message>
    <message>
        <source>This text cannot be shown</source>
        <translation>无法显示此文本</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>选择其他模型</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The capital of France is Paris, the capital of Italy is Rome, and the capital of Japan is Tokyo.</source>
        <translation>法国的首都是巴黎，意大利的首都是罗马，日本的首都是东京。</translation>
    </message>
    <message>
        <source>Preview alternative %1</source>
        <translation>预览候选 %1</translation>
    </message>
    <message>
        <source>☰ Samples</source>
        <translation>☰ 样本</translation>
    </message>
    <message>
        <source>Colour as one</source>
        <translation>按整体着色</translation>
    </message>
    <message>
        <source>Each token</source>
        <translation>每个词元</translation>
    </message>
    <message>
        <source>Words: the sum of their tokens</source>
        <translation>词：其词元之和</translation>
    </message>
    <message>
        <source>Sentences: the mean</source>
        <translation>句：平均值</translation>
    </message>
    <message>
        <source>Lines: the mean</source>
        <translation>行：平均值</translation>
    </message>
    <message>
        <source>nothing of the answer was read</source>
        <translation>答案未被读取</translation>
    </message>
</context>
<context>
    <name>assay::InspectedText</name>
    <message>
        <source>assistant</source>
        <translation>助手</translation>
    </message>
</context>
<context>
    <name>assay::ModelPicker</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 第 %2 步</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>打开模型文件夹…</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型自带</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>The model under which the text is shown</source>
        <translation>显示文本所用的模型</translation>
    </message>
</context>
<context>
    <name>assay::SampleList</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Search question and answer</source>
        <translation>搜索提问和答案</translation>
    </message>
    <message>
        <source>Search samples</source>
        <translation>搜索样本</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>没有打开的项目</translation>
    </message>
    <message>
        <source>Its samples will stand here.</source>
        <translation>其样本将显示在此。</translation>
    </message>
    <message>
        <source>Reading samples</source>
        <translation>正在读取样本</translation>
    </message>
    <message>
        <source>The samples cannot be listed</source>
        <translation>无法列出样本</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s) found</source>
        <translation>
            <numerusform>找到 %n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 samples</source>
        <translation>%1 个样本</translation>
    </message>
    <message>
        <source>No sample holds these words</source>
        <translation>没有样本包含这些词</translation>
    </message>
    <message>
        <source>All words must occur; word* finds beginnings, &quot;two words&quot; finds them in this order.</source>
        <translation>所有词都须出现；word* 匹配词首，&quot;two words&quot; 按此顺序匹配。</translation>
    </message>
    <message>
        <source>This project has no samples yet</source>
        <translation>此项目尚无样本</translation>
    </message>
    <message>
        <source>Import a data file with: assay-cli import PROJECT FILE</source>
        <translation>导入数据文件：assay-cli import PROJECT FILE</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
</context>
<context>
    <name>assay::SampleTableModel</name>
    <message>
        <source>id</source>
        <translation>id</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
</context>
<context>
    <name>assay::TextWriter</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Score the words as they stand</source>
        <translation>按原样对文字评分</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Send the words as a message and let the model answer</source>
        <translation>将文字作为消息发送，让模型回答</translation>
    </message>
    <message>
        <source>Text to be scored</source>
        <translation>要评分的文本</translation>
    </message>
    <message>
        <source>Type or paste here</source>
        <translation>在此输入或粘贴</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Score this text</source>
        <translation>对此文本评分</translation>
    </message>
    <message>
        <source>Ask the model</source>
        <translation>询问模型</translation>
    </message>
</context>
<context>
    <name>assay::TokenCard</name>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>差距</translation>
    </message>
    <message>
        <source>How probable the model held this token, given everything before it</source>
        <translation>模型在读过前文后认为此词元的概率</translation>
    </message>
    <message>
        <source>1 + the number of tokens that the model held more probable</source>
        <translation>1 + 模型认为更可能的词元数</translation>
    </message>
    <message>
        <source>How undecided the model was here, in nats: 0 is certain</source>
        <translation>模型在此处的犹豫程度，单位 nat：0 为确定</translation>
    </message>
    <message>
        <source>How far the token&apos;s logit lies above the best other, in nats; below 0 another token was preferred</source>
        <translation>词元的 logit 高出其他最优者多少，单位 nat；低于 0 表示模型更偏好另一词元</translation>
    </message>
    <message>
        <source>Alternatives of the token</source>
        <translation>词元的候选</translation>
    </message>
    <message>
        <source>tuned p</source>
        <translation>微调 p</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>an alternative and what follows it</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>No token chosen</source>
        <translation>未选择词元</translation>
    </message>
    <message>
        <source>Click a token, or walk with the arrow keys: its probability and what else could have stood there appear here.</source>
        <translation>点击词元，或用方向键移动：其概率及此处的其他可能显示在这里。</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>词元 %1</translation>
    </message>
    <message>
        <source>The model did not read this token</source>
        <translation>模型未读取此词元</translation>
    </message>
    <message>
        <source>It lies beyond the model&apos;s context.</source>
        <translation>它超出模型的上下文。</translation>
    </message>
    <message>
        <source>No score yet</source>
        <translation>尚无评分</translation>
    </message>
    <message>
        <source>It is being scored.</source>
        <translation>正在评分。</translation>
    </message>
    <message>
        <source>The first token has no score</source>
        <translation>第一个词元没有分数</translation>
    </message>
    <message>
        <source>Nothing stands before it from which it could be predicted.</source>
        <translation>它之前没有可用于预测的内容。</translation>
    </message>
    <message>
        <source>base rank</source>
        <translation>基座排名</translation>
    </message>
    <message>
        <source>tuned rank</source>
        <translation>微调排名</translation>
    </message>
    <message>
        <source>The token&apos;s place in the order of %1</source>
        <translation>词元在 %1 排序中的位置</translation>
    </message>
    <message>
        <source>How far the token&apos;s logit lies above the best other; below 0 another token was preferred</source>
        <translation>词元的 logit 高出其他最优者多少；低于 0 表示模型更偏好另一词元</translation>
    </message>
    <message>
        <source>base p</source>
        <translation>基座 p</translation>
    </message>
    <message numerus="yes">
        <source>The %n most probable token(s) hold %1 of the mass. Click one to branch, Shift-click to preview; the token of the text is marked.</source>
        <translation>
            <numerusform>最可能的 %n 个词元合计占概率质量的 %1。点击可建立分支，Shift+点击可预览；文本中的词元已标出。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>assay::WhyCard</name>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>See it in Compare</source>
        <translation>在“对比”中查看</translation>
    </message>
    <message>
        <source>Choose a token: which rule marks it, and what the other model would have said there, stands here.</source>
        <translation>选择一个词元：标记它的规则以及另一模型在此会说什么，显示在这里。</translation>
    </message>
    <message>
        <source>onset</source>
        <translation>错误起点</translation>
    </message>
    <message>
        <source>Here %1.</source>
        <translation>此处：%1。</translation>
    </message>
    <message>
        <source>The reference says %1 (p %2, rank %3); left to itself %4 says %5 (p %6).</source>
        <translation>参考答案为 %1（p %2，排名 %3）；任其自行续写，%4 会说 %5（p %6）。</translation>
    </message>
    <message numerus="yes">
        <source>Forced along the reference, it would leave it at %n place(s) in all.</source>
        <translation>
            <numerusform>沿参考答案强制时，它共会在 %n 处偏离。</numerusform>
        </translation>
    </message>
    <message>
        <source>departure</source>
        <translation>偏离</translation>
    </message>
    <message>
        <source>Left to itself the model says %1 here (p %2).</source>
        <translation>任其自行续写，模型在此会说 %1（p %2）。</translation>
    </message>
    <message>
        <source>R1, a later departure from the reference</source>
        <translation>R1，之后又一次偏离参考答案</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>Surprisal %1 nats, where %2 ± %3 was to be expected: z = %4.</source>
        <translation>意外度 %1 nat，预期为 %2 ± %3：z = %4。</translation>
    </message>
    <message>
        <source>R5, a local peak of z or of entropy; not an error by itself</source>
        <translation>R5，z 或熵的局部峰值；本身不是错误</translation>
    </message>
    <message>
        <source>Both models put %1 first: p %2 here, %3 under %4.</source>
        <translation>两个模型都以 %1 为首选：此处 p %2，%4 下为 %3。</translation>
    </message>
    <message>
        <source>%1 would say %2 (p %3), %4 says %5 (p %6).</source>
        <translation>%1 会说 %2（p %3），%4 会说 %5（p %6）。</translation>
    </message>
    <message>
        <source>models differ</source>
        <translation>模型不同</translation>
    </message>
    <message>
        <source>Fine-tuning moved %1 by %2 nats; rank %3 under base, %4 under tuned.</source>
        <translation>微调使 %1 变化 %2 nat；基座下排名 %3，微调下排名 %4。</translation>
    </message>
</context>
</TS>
