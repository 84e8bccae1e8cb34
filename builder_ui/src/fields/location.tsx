import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LocationField } from "../api/types";
import { AimOutlined } from "../ui/icons";
import { partsIn } from "./composite";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { textOf } from "./contract";
import { digitsOf } from "./digits";
import { Part } from "./Part";
import { ownPosition, type PositionFault } from "./position";

function Edit(props: EditProps<LocationField>) {
  const { t } = useTranslation();
  const { label, value, onChange } = props;
  const [isAsking, setAsking] = useState(false);
  const [fault, setFault] = useState<PositionFault | null>(null);
  const locate = async () => {
    setAsking(true);
    setFault(null);
    const found = await ownPosition();
    setAsking(false);
    if (typeof found === "string") setFault(found);
    else onChange({ ...partsIn(value), ...found });
  };
  return (
    <fieldset className="parts" aria-label={label}>
      <Part {...props} part="longitude" />
      <Part {...props} part="latitude" />
      <Part {...props} part="address" />
      <div className="part-whole">
        <Button
          icon={<AimOutlined />}
          loading={isAsking}
          aria-label={`${t("fields.ownPosition")}: ${label}`}
          onClick={() => void locate()}
        >
          {t("fields.ownPosition")}
        </Button>
        {fault !== null && (
          <div className="fault" role="alert">
            {t(`fields.noPosition.${fault}`)}
          </div>
        )}
      </div>
    </fieldset>
  );
}

function Show({ value }: ShowProps<LocationField>) {
  const { longitude, latitude, address } = partsIn(value);
  const place = textOf(address);
  return (
    <span>
      {place !== "" && <span>{place} </span>}
      <span className={place === "" ? "nowrap" : "quiet nowrap"}>
        {digitsOf(longitude)}, {digitsOf(latitude)}
      </span>
    </span>
  );
}

export const location: FieldParts<LocationField> = { Edit, Show };
